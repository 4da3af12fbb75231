//! Why a value is proposed where places differ: one sentence each, in the languages of the product.

use model::{DisagreementClass as Class, Zone};

use super::Statement;
use crate::checks::Sentence;

const SAME: Sentence = Sentence {
    en: "All places say the same",
    fr: "Tous les endroits disent la même chose",
    ar: "كل المواضع تقول الشيء نفسه",
};

const PRINTED_SPELLING: Sentence = Sentence {
    en: "The machine-readable zone has no letters with accents; the printed spelling is kept",
    fr: "La zone lisible par machine n’a pas de lettres accentuées ; l’orthographe imprimée est gardée",
    ar: "لا تحتوي منطقة القراءة الآلية على حروف بعلامات؛ أُبقي على الكتابة المطبوعة",
};

const CLEAR_BREAKS: Sentence = Sentence {
    en: "The places spell the same name differently; the spelling with clear word breaks is kept",
    fr: "Les endroits écrivent le même nom autrement ; l’orthographe aux mots bien séparés est gardée",
    ar: "تكتب المواضع الاسم نفسه بطرق مختلفة؛ أُبقي على الكتابة ذات الكلمات المفصولة بوضوح",
};

const CUT: Sentence = Sentence {
    en: "One place holds only the beginning of what the other says; the more complete or more reliable one is kept",
    fr: "Un endroit ne contient que le début de ce que dit l’autre ; le plus complet ou le plus sûr est gardé",
    ar: "لا يحتوي أحد المواضع إلا على بداية ما يقوله الآخر؛ أُبقي على الأكمل أو الأوثق",
};

const ALIKE_PROVEN: Sentence = Sentence {
    en: "The characters that differ look alike, and the check digit agrees with the value kept",
    fr: "Les caractères qui diffèrent se ressemblent, et la clé de contrôle confirme la valeur gardée",
    ar: "الأحرف المختلفة متشابهة الشكل، ورقم التحقق يوافق القيمة المُبقاة",
};

const ALIKE_BARCODE: Sentence = Sentence {
    en: "The characters that differ look alike, and a barcode is not misread",
    fr: "Les caractères qui diffèrent se ressemblent, et un code-barres n’est pas mal lu",
    ar: "الأحرف المختلفة متشابهة الشكل، والرمز الشريطي لا يُقرأ خطأً",
};

const ALIKE: Sentence = Sentence {
    en: "The characters that differ look alike; the clearer reading is kept",
    fr: "Les caractères qui diffèrent se ressemblent ; la lecture la plus nette est gardée",
    ar: "الأحرف المختلفة متشابهة الشكل؛ أُبقي على القراءة الأوضح",
};

const CENTURY_OPEN: Sentence = Sentence {
    en: "The dates differ by a century; the machine-readable zone does not print one",
    fr: "Les dates diffèrent d’un siècle ; la zone lisible par machine n’en imprime pas",
    ar: "التاريخان يختلفان بقرن؛ ومنطقة القراءة الآلية لا تطبع القرن",
};

const CENTURY_PRINTED: Sentence = Sentence {
    en: "The machine-readable zone prints two digits of the year; the four printed ones decide the century",
    fr: "La zone lisible par machine imprime deux chiffres de l’année ; les quatre imprimés décident du siècle",
    ar: "تطبع منطقة القراءة الآلية رقمين من السنة؛ والأرقام الأربعة المطبوعة تحسم القرن",
};

const CONFLICT_PROVEN: Sentence = Sentence {
    en: "The places contradict each other; the value kept agrees with its check digit",
    fr: "Les endroits se contredisent ; la valeur gardée s’accorde avec sa clé de contrôle",
    ar: "المواضع متناقضة؛ والقيمة المُبقاة توافق رقم التحقق الخاص بها",
};

const CONFLICT: Sentence = Sentence {
    en: "The places contradict each other and misreading does not explain it; the likelier one is proposed",
    fr: "Les endroits se contredisent et une erreur de lecture ne l’explique pas ; le plus probable est proposé",
    ar: "المواضع متناقضة ولا يفسّر ذلك خطأ في القراءة؛ اقتُرحت القيمة الأرجح",
};

const ALL: [Sentence; 11] = [
    SAME,
    PRINTED_SPELLING,
    CLEAR_BREAKS,
    CUT,
    ALIKE_PROVEN,
    ALIKE_BARCODE,
    ALIKE,
    CENTURY_OPEN,
    CENTURY_PRINTED,
    CONFLICT_PROVEN,
    CONFLICT,
];

/// The sentence of a reading in the languages of the product, by what it is in English; none for one of
/// another version.
pub fn reason_sentence(english: &str) -> Option<Sentence> {
    ALL.into_iter().find(|sentence| sentence.en == english)
}

/// Why the value of `head` is proposed against the others, which differ from it by `class` at worst.
pub(super) const fn reason(class: Class, head: &Statement, proven: bool) -> Sentence {
    match (class, head.zone) {
        (Class::Equal, _) => SAME,
        (Class::Transliteration, Zone::Visual) => PRINTED_SPELLING,
        (Class::Transliteration, _) => CLEAR_BREAKS,
        (Class::Truncation, _) => CUT,
        (Class::OcrConfusion, _) if proven => ALIKE_PROVEN,
        (Class::OcrConfusion, Zone::Barcode) => ALIKE_BARCODE,
        (Class::OcrConfusion, _) => ALIKE,
        (Class::CenturyAmbiguous, Zone::Mrz) => CENTURY_OPEN,
        (Class::CenturyAmbiguous, _) => CENTURY_PRINTED,
        (Class::RealConflict, _) if proven => CONFLICT_PROVEN,
        (Class::RealConflict, _) => CONFLICT,
    }
}
