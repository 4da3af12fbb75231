//! The table of the rules.

use model::{Outcome, definition::CheckRule};

use super::{About, Rule, When, rules};

/// One sentence in the languages of the product. It names no personal value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// English.
    pub en: &'static str,
    /// French.
    pub fr: &'static str,
    /// Arabic.
    pub ar: &'static str,
}

/// What is told of each outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentences {
    /// The rule holds.
    pub passed: Sentence,
    /// It is broken.
    pub failed: Sentence,
    /// Something it needs is missing.
    pub could_not_run: Sentence,
}

impl Sentences {
    /// The sentence of an outcome.
    pub const fn of(&self, outcome: Outcome) -> Sentence {
        match outcome {
            Outcome::Passed => self.passed,
            Outcome::Failed => self.failed,
            Outcome::CouldNotRun => self.could_not_run,
        }
    }
}

const fn sentence(en: &'static str, fr: &'static str, ar: &'static str) -> Sentence {
    Sentence { en, fr, ar }
}

/// Every rule, in the order in which they are shown.
pub const CATALOGUE: &[Rule] = &[
    Rule {
        code: "mrz_conforming",
        when: When::Elsewhere,
        about: About::Document,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The machine-readable zone has the lines and characters that its standard asks for",
                "La zone lisible par machine a les lignes et les caractères que sa norme demande",
                "منطقة القراءة الآلية مطابقة لأسطر وأحرف معيارها",
            ),
            failed: sentence(
                "The machine-readable zone has characters or line lengths that its standard does not allow; it is given as printed",
                "La zone lisible par machine a des caractères ou des longueurs de ligne que sa norme n’admet pas ; elle est donnée telle qu’imprimée",
                "في منطقة القراءة الآلية أحرف أو أطوال أسطر لا يسمح بها معيارها؛ وهي معروضة كما طُبعت",
            ),
            could_not_run: sentence(
                "The form of the machine-readable zone could not be checked",
                "La forme de la zone lisible par machine n’a pas pu être vérifiée",
                "تعذّر التحقق من شكل منطقة القراءة الآلية",
            ),
        },
    },
    Rule {
        code: "check_digit_document_number",
        when: When::Elsewhere,
        about: About::Values,
        fields: &["document_number"],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The check digit of the document number agrees",
                "La clé de contrôle du numéro du document est exacte",
                "رقم التحقق لرقم الوثيقة صحيح",
            ),
            failed: sentence(
                "The check digit of the document number does not agree: a character is misread or misprinted",
                "La clé de contrôle du numéro du document est fausse : un caractère est mal lu ou mal imprimé",
                "رقم التحقق لرقم الوثيقة غير صحيح: حرف قُرئ أو طُبع خطأً",
            ),
            could_not_run: sentence(
                "The check digit of the document number could not be computed",
                "La clé de contrôle du numéro du document n’a pas pu être calculée",
                "تعذّر حساب رقم التحقق لرقم الوثيقة",
            ),
        },
    },
    Rule {
        code: "check_digit_date_of_birth",
        when: When::Elsewhere,
        about: About::Values,
        fields: &["date_of_birth"],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The check digit of the date of birth agrees",
                "La clé de contrôle de la date de naissance est exacte",
                "رقم التحقق لتاريخ الميلاد صحيح",
            ),
            failed: sentence(
                "The check digit of the date of birth does not agree: a character is misread or misprinted",
                "La clé de contrôle de la date de naissance est fausse : un caractère est mal lu ou mal imprimé",
                "رقم التحقق لتاريخ الميلاد غير صحيح: حرف قُرئ أو طُبع خطأً",
            ),
            could_not_run: sentence(
                "The check digit of the date of birth could not be computed",
                "La clé de contrôle de la date de naissance n’a pas pu être calculée",
                "تعذّر حساب رقم التحقق لتاريخ الميلاد",
            ),
        },
    },
    Rule {
        code: "check_digit_date_of_expiry",
        when: When::Elsewhere,
        about: About::Values,
        fields: &["date_of_expiry"],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The check digit of the date of expiry agrees",
                "La clé de contrôle de la date d’expiration est exacte",
                "رقم التحقق لتاريخ الانتهاء صحيح",
            ),
            failed: sentence(
                "The check digit of the date of expiry does not agree: a character is misread or misprinted",
                "La clé de contrôle de la date d’expiration est fausse : un caractère est mal lu ou mal imprimé",
                "رقم التحقق لتاريخ الانتهاء غير صحيح: حرف قُرئ أو طُبع خطأً",
            ),
            could_not_run: sentence(
                "The check digit of the date of expiry could not be computed",
                "La clé de contrôle de la date d’expiration n’a pas pu être calculée",
                "تعذّر حساب رقم التحقق لتاريخ الانتهاء",
            ),
        },
    },
    Rule {
        code: "check_digit_personal_number",
        when: When::Elsewhere,
        about: About::Values,
        fields: &["personal_number"],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The check digit of the personal number agrees",
                "La clé de contrôle du numéro personnel est exacte",
                "رقم التحقق للرقم الشخصي صحيح",
            ),
            failed: sentence(
                "The check digit of the personal number does not agree: a character is misread or misprinted",
                "La clé de contrôle du numéro personnel est fausse : un caractère est mal lu ou mal imprimé",
                "رقم التحقق للرقم الشخصي غير صحيح: حرف قُرئ أو طُبع خطأً",
            ),
            could_not_run: sentence(
                "The check digit of the personal number could not be computed",
                "La clé de contrôle du numéro personnel n’a pas pu être calculée",
                "تعذّر حساب رقم التحقق للرقم الشخصي",
            ),
        },
    },
    Rule {
        code: "check_digit_composite",
        when: When::Elsewhere,
        about: About::Values,
        fields: &["document_number", "date_of_birth", "date_of_expiry"],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The check digit of the zone as a whole agrees",
                "La clé de contrôle de l’ensemble de la zone est exacte",
                "رقم التحقق للمنطقة كلها صحيح",
            ),
            failed: sentence(
                "The check digit of the zone as a whole does not agree: a character is misread or misprinted",
                "La clé de contrôle de l’ensemble de la zone est fausse : un caractère est mal lu ou mal imprimé",
                "رقم التحقق للمنطقة كلها غير صحيح: حرف قُرئ أو طُبع خطأً",
            ),
            could_not_run: sentence(
                "The check digit of the zone as a whole could not be computed",
                "La clé de contrôle de l’ensemble de la zone n’a pas pu être calculée",
                "تعذّر حساب رقم التحقق للمنطقة كلها",
            ),
        },
    },
    Rule {
        code: "name_complete",
        when: When::Elsewhere,
        about: About::Values,
        fields: &["surname", "given_names"],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The name ends before its field does, so nothing of it is cut",
                "Le nom finit avant son champ : rien n’en est coupé",
                "ينتهي الاسم قبل نهاية حقله فلم يُقطع منه شيء",
            ),
            failed: sentence("The name is cut", "Le nom est coupé", "الاسم مقطوع"),
            could_not_run: sentence(
                "The name fills its field to the end and may be cut: compare it with the printed name",
                "Le nom remplit son champ jusqu’au bout et peut être coupé : à comparer avec le nom imprimé",
                "يملأ الاسم حقله حتى نهايته وقد يكون مقطوعًا: قارنه بالاسم المطبوع",
            ),
        },
    },
    Rule {
        code: "french_id_validity",
        when: When::Elsewhere,
        about: About::Document,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The card is valid, fifteen years included for adults since 2004",
                "La carte est valable, quinze ans compris pour les majeurs depuis 2004",
                "البطاقة صالحة، بما في ذلك خمسة عشر عامًا للبالغين منذ 2004",
            ),
            failed: sentence(
                "The card is no longer valid",
                "La carte n’est plus valable",
                "البطاقة لم تعد صالحة",
            ),
            could_not_run: sentence(
                "Whether the card is still valid is not known: its month of issue or the date of birth could not be read",
                "On ne sait pas si la carte est encore valable : son mois de délivrance ou la date de naissance n’a pas pu être lu",
                "لا يُعرف هل ما زالت البطاقة صالحة: تعذّرت قراءة شهر الإصدار أو تاريخ الميلاد",
            ),
        },
    },
    Rule {
        code: "date_of_birth_valid",
        when: When::Always,
        about: About::Values,
        fields: &["date_of_birth"],
        test: rules::birth_is_a_day,
        sentences: Sentences {
            passed: sentence(
                "The date of birth is a day of the calendar",
                "La date de naissance existe dans le calendrier",
                "تاريخ الميلاد يوم موجود في التقويم",
            ),
            failed: sentence(
                "The date of birth is no day of the calendar",
                "La date de naissance n’existe pas dans le calendrier",
                "تاريخ الميلاد ليس يومًا في التقويم",
            ),
            could_not_run: sentence(
                "The date of birth is incomplete or its century is not certain: compare it with the printed date",
                "La date de naissance est incomplète ou son siècle n’est pas certain : à comparer avec la date imprimée",
                "تاريخ الميلاد ناقص أو قرنه غير مؤكد: قارنه بالتاريخ المطبوع",
            ),
        },
    },
    Rule {
        code: "date_of_expiry_valid",
        when: When::Always,
        about: About::Values,
        fields: &["date_of_expiry"],
        test: rules::expiry_is_a_day,
        sentences: Sentences {
            passed: sentence(
                "The date of expiry is a day of the calendar",
                "La date d’expiration existe dans le calendrier",
                "تاريخ الانتهاء يوم موجود في التقويم",
            ),
            failed: sentence(
                "The date of expiry is no day of the calendar",
                "La date d’expiration n’existe pas dans le calendrier",
                "تاريخ الانتهاء ليس يومًا في التقويم",
            ),
            could_not_run: sentence(
                "The date of expiry is incomplete or its century is not certain: compare it with the printed date",
                "La date d’expiration est incomplète ou son siècle n’est pas certain : à comparer avec la date imprimée",
                "تاريخ الانتهاء ناقص أو قرنه غير مؤكد: قارنه بالتاريخ المطبوع",
            ),
        },
    },
    Rule {
        code: "birth_before_expiry",
        when: When::Asked(CheckRule::DateOrder),
        about: About::Values,
        fields: &["date_of_birth", "date_of_expiry"],
        test: rules::birth_before_expiry,
        sentences: Sentences {
            passed: sentence(
                "The date of birth lies before the date of expiry",
                "La date de naissance précède la date d’expiration",
                "تاريخ الميلاد قبل تاريخ الانتهاء",
            ),
            failed: sentence(
                "The date of birth does not lie before the date of expiry",
                "La date de naissance ne précède pas la date d’expiration",
                "تاريخ الميلاد ليس قبل تاريخ الانتهاء",
            ),
            could_not_run: sentence(
                "The date of birth and the date of expiry cannot be compared: one of them is missing or incomplete",
                "La date de naissance et la date d’expiration ne peuvent être comparées : l’une manque ou est incomplète",
                "لا يمكن مقارنة تاريخ الميلاد وتاريخ الانتهاء: أحدهما ناقص",
            ),
        },
    },
    Rule {
        code: "birth_before_issue",
        when: When::Asked(CheckRule::DateOrder),
        about: About::Values,
        fields: &["date_of_birth", "date_of_issue"],
        test: rules::birth_before_issue,
        sentences: Sentences {
            passed: sentence(
                "The date of birth lies before the date of issue",
                "La date de naissance précède la date de délivrance",
                "تاريخ الميلاد قبل تاريخ الإصدار",
            ),
            failed: sentence(
                "The date of birth does not lie before the date of issue",
                "La date de naissance ne précède pas la date de délivrance",
                "تاريخ الميلاد ليس قبل تاريخ الإصدار",
            ),
            could_not_run: sentence(
                "The date of birth and the date of issue cannot be compared: one of them is missing or incomplete",
                "La date de naissance et la date de délivrance ne peuvent être comparées : l’une manque ou est incomplète",
                "لا يمكن مقارنة تاريخ الميلاد وتاريخ الإصدار: أحدهما ناقص",
            ),
        },
    },
    Rule {
        code: "issue_before_expiry",
        when: When::Asked(CheckRule::DateOrder),
        about: About::Values,
        fields: &["date_of_issue", "date_of_expiry"],
        test: rules::issue_before_expiry,
        sentences: Sentences {
            passed: sentence(
                "The date of issue lies before the date of expiry",
                "La date de délivrance précède la date d’expiration",
                "تاريخ الإصدار قبل تاريخ الانتهاء",
            ),
            failed: sentence(
                "The date of issue does not lie before the date of expiry",
                "La date de délivrance ne précède pas la date d’expiration",
                "تاريخ الإصدار ليس قبل تاريخ الانتهاء",
            ),
            could_not_run: sentence(
                "The date of issue and the date of expiry cannot be compared: one of them is missing or incomplete",
                "La date de délivrance et la date d’expiration ne peuvent être comparées : l’une manque ou est incomplète",
                "لا يمكن مقارنة تاريخ الإصدار وتاريخ الانتهاء: أحدهما ناقص",
            ),
        },
    },
    Rule {
        code: "validity_in_order",
        when: When::Asked(CheckRule::DateOrder),
        about: About::Values,
        fields: &["valid_from", "valid_until"],
        test: rules::validity_in_order,
        sentences: Sentences {
            passed: sentence(
                "The first day of validity lies before the last day of validity",
                "Le premier jour de validité précède le dernier jour de validité",
                "أول يوم للصلاحية قبل آخر يوم للصلاحية",
            ),
            failed: sentence(
                "The first day of validity does not lie before the last day of validity",
                "Le premier jour de validité ne précède pas le dernier jour de validité",
                "أول يوم للصلاحية ليس قبل آخر يوم للصلاحية",
            ),
            could_not_run: sentence(
                "The first day of validity and the last day of validity cannot be compared: one of them is missing or incomplete",
                "Le premier jour de validité et le dernier jour de validité ne peuvent être comparées : l’une manque ou est incomplète",
                "لا يمكن مقارنة أول يوم للصلاحية وآخر يوم للصلاحية: أحدهما ناقص",
            ),
        },
    },
    Rule {
        code: "not_expired",
        when: When::Asked(CheckRule::Expiry),
        about: About::Document,
        fields: &["date_of_expiry"],
        test: rules::not_expired,
        sentences: Sentences {
            passed: sentence(
                "The document has not expired",
                "Le document n’a pas expiré",
                "الوثيقة لم تنته صلاحيتها",
            ),
            failed: sentence(
                "The document has expired",
                "Le document a expiré",
                "انتهت صلاحية الوثيقة",
            ),
            could_not_run: sentence(
                "Whether the document has expired is not known: no date of expiry could be read",
                "On ne sait pas si le document a expiré : aucune date d’expiration n’a pu être lue",
                "لا يُعرف هل انتهت صلاحية الوثيقة: تعذّرت قراءة تاريخ الانتهاء",
            ),
        },
    },
    Rule {
        code: "birth_not_in_future",
        when: When::Asked(CheckRule::FutureDates),
        about: About::Values,
        fields: &["date_of_birth"],
        test: rules::birth_not_in_future,
        sentences: Sentences {
            passed: sentence(
                "The date of birth is not in the future",
                "La date de naissance n’est pas dans le futur",
                "تاريخ الميلاد ليس في المستقبل",
            ),
            failed: sentence(
                "The date of birth is in the future",
                "La date de naissance est dans le futur",
                "تاريخ الميلاد في المستقبل",
            ),
            could_not_run: sentence(
                "The date of birth could not be compared with today",
                "La date de naissance n’a pas pu être comparée à aujourd’hui",
                "تعذّرت مقارنة تاريخ الميلاد باليوم",
            ),
        },
    },
    Rule {
        code: "issue_not_in_future",
        when: When::Asked(CheckRule::FutureDates),
        about: About::Values,
        fields: &["date_of_issue"],
        test: rules::issue_not_in_future,
        sentences: Sentences {
            passed: sentence(
                "The date of issue is not in the future",
                "La date de délivrance n’est pas dans le futur",
                "تاريخ الإصدار ليس في المستقبل",
            ),
            failed: sentence(
                "The date of issue is in the future",
                "La date de délivrance est dans le futur",
                "تاريخ الإصدار في المستقبل",
            ),
            could_not_run: sentence(
                "The date of issue could not be compared with today",
                "La date de délivrance n’a pas pu être comparée à aujourd’hui",
                "تعذّرت مقارنة تاريخ الإصدار باليوم",
            ),
        },
    },
    Rule {
        code: "old_enough",
        when: When::Asked(CheckRule::Age),
        about: About::Document,
        fields: &["date_of_birth"],
        test: rules::old_enough,
        sentences: Sentences {
            passed: sentence(
                "The holder is old enough",
                "Le titulaire a l’âge requis",
                "حامل الوثيقة بلغ السن المطلوبة",
            ),
            failed: sentence(
                "The holder is younger than the policy asks for",
                "Le titulaire n’a pas l’âge que la règle demande",
                "حامل الوثيقة أصغر من السن المطلوبة",
            ),
            could_not_run: sentence(
                "The age of the holder is not known",
                "L’âge du titulaire n’est pas connu",
                "عمر حامل الوثيقة غير معروف",
            ),
        },
    },
    Rule {
        code: "age_plausible",
        when: When::Asked(CheckRule::Age),
        about: About::Values,
        fields: &["date_of_birth"],
        test: rules::not_too_old,
        sentences: Sentences {
            passed: sentence(
                "The age of the holder is plausible",
                "L’âge du titulaire est plausible",
                "عمر حامل الوثيقة معقول",
            ),
            failed: sentence(
                "The holder would be older than anybody: the date of birth is misread or wrong",
                "Le titulaire serait plus âgé que quiconque : la date de naissance est mal lue ou fausse",
                "سيكون حامل الوثيقة أكبر من أي إنسان: تاريخ الميلاد مقروء خطأً أو غير صحيح",
            ),
            could_not_run: sentence(
                "The age of the holder is not known",
                "L’âge du titulaire n’est pas connu",
                "عمر حامل الوثيقة غير معروف",
            ),
        },
    },
    Rule {
        code: "names_agree",
        when: When::Asked(CheckRule::NameAgreement),
        about: About::Values,
        fields: &["surname", "given_names"],
        test: rules::names_agree,
        sentences: Sentences {
            passed: sentence(
                "All places of the document give the same name",
                "Tous les endroits du document donnent le même nom",
                "كل مواضع الوثيقة تذكر الاسم نفسه",
            ),
            failed: sentence(
                "The places of the document give different names",
                "Les endroits du document donnent des noms différents",
                "مواضع الوثيقة تذكر أسماء مختلفة",
            ),
            could_not_run: sentence(
                "The name stands in one place only",
                "Le nom ne figure qu’à un endroit",
                "الاسم مذكور في موضع واحد فقط",
            ),
        },
    },
    Rule {
        code: "places_agree",
        when: When::Always,
        about: About::Values,
        fields: &[],
        test: rules::places_agree,
        sentences: Sentences {
            passed: sentence(
                "The places of the document agree on numbers and dates",
                "Les endroits du document concordent sur les numéros et les dates",
                "مواضع الوثيقة متفقة على الأرقام والتواريخ",
            ),
            failed: sentence(
                "The places of the document contradict each other",
                "Les endroits du document se contredisent",
                "مواضع الوثيقة متناقضة",
            ),
            could_not_run: sentence(
                "Numbers and dates stand in one place only",
                "Les numéros et les dates ne figurent qu’à un endroit",
                "الأرقام والتواريخ مذكورة في موضع واحد فقط",
            ),
        },
    },
    Rule {
        code: "back_present",
        when: When::OnlyAsked(CheckRule::BackPresent),
        about: About::Document,
        fields: &[],
        test: rules::back_present,
        sentences: Sentences {
            passed: sentence(
                "Both sides of the document were read",
                "Les deux faces du document ont été lues",
                "قُرئ وجها الوثيقة",
            ),
            failed: sentence(
                "The back of the document is missing: add a picture of it",
                "Le verso du document manque : ajoutez-en une image",
                "ظهر الوثيقة ناقص: أضف صورة له",
            ),
            could_not_run: sentence(
                "Whether the back of the document is needed is not known",
                "On ne sait pas si le verso du document est nécessaire",
                "لا يُعرف هل ظهر الوثيقة مطلوب",
            ),
        },
    },
    Rule {
        code: "front_present",
        when: When::OnlyAsked(CheckRule::BackPresent),
        about: About::Document,
        fields: &[],
        test: rules::front_present,
        sentences: Sentences {
            passed: sentence(
                "Both sides of the document were read",
                "Les deux faces du document ont été lues",
                "قُرئ وجها الوثيقة",
            ),
            failed: sentence(
                "The front of the document is missing: add a picture of it",
                "Le recto du document manque : ajoutez-en une image",
                "وجه الوثيقة الأمامي ناقص: أضف صورة له",
            ),
            could_not_run: sentence(
                "Whether the front of the document is needed is not known",
                "On ne sait pas si le recto du document est nécessaire",
                "لا يُعرف هل الوجه الأمامي للوثيقة مطلوب",
            ),
        },
    },
    Rule {
        code: "required_fields",
        when: When::OnlyAsked(CheckRule::RequiredFields),
        about: About::Values,
        fields: &[],
        test: rules::required_fields,
        sentences: Sentences {
            passed: sentence(
                "Every field that a document of this kind must have was read",
                "Tous les champs obligatoires d’un document de ce type ont été lus",
                "قُرئت كل الحقول الإلزامية لهذا النوع من الوثائق",
            ),
            failed: sentence(
                "A field that every document of this kind has could not be read",
                "Un champ que tout document de ce type porte n’a pas pu être lu",
                "تعذّرت قراءة حقل موجود في كل وثيقة من هذا النوع",
            ),
            could_not_run: sentence(
                "Which fields the document must have is not known",
                "On ne sait pas quels champs le document doit porter",
                "لا يُعرف أي حقول يجب أن تحملها الوثيقة",
            ),
        },
    },
    Rule {
        code: "field_lengths",
        when: When::Asked(CheckRule::FieldLengths),
        about: About::Values,
        fields: &[],
        test: rules::field_lengths,
        sentences: Sentences {
            passed: sentence(
                "No value is longer than a document has room for",
                "Aucune valeur n’est plus longue que la place d’un document",
                "لا توجد قيمة أطول مما تتسع له الوثيقة",
            ),
            failed: sentence(
                "A value is longer than a document has room for: too much was read",
                "Une valeur est plus longue que la place d’un document : trop a été lu",
                "قيمة أطول مما تتسع له الوثيقة: قُرئ أكثر مما يلزم",
            ),
            could_not_run: sentence(
                "The lengths of the values could not be checked",
                "Les longueurs des valeurs n’ont pas pu être vérifiées",
                "تعذّر التحقق من أطوال القيم",
            ),
        },
    },
    Rule {
        code: "nationality_known",
        when: When::Always,
        about: About::Values,
        fields: &["nationality"],
        test: rules::nationality_known,
        sentences: Sentences {
            passed: sentence(
                "The code of the nationality is a known one",
                "Le code de la nationalité est connu",
                "رمز الجنسية معروف",
            ),
            failed: sentence(
                "The code of the nationality is in no list of states",
                "Le code de la nationalité ne figure dans aucune liste d’États",
                "رمز الجنسية غير موجود في أي قائمة دول",
            ),
            could_not_run: sentence(
                "The code of the nationality could not be checked",
                "Le code de la nationalité n’a pas pu être vérifié",
                "تعذّر التحقق من رمز الجنسية",
            ),
        },
    },
    Rule {
        code: "issuing_country_known",
        when: When::Always,
        about: About::Document,
        fields: &[],
        test: rules::issuing_country_known,
        sentences: Sentences {
            passed: sentence(
                "The code of the issuing state is a known one",
                "Le code de l’État émetteur est connu",
                "رمز الدولة المصدرة معروف",
            ),
            failed: sentence(
                "The code of the issuing state is in no list of states",
                "Le code de l’État émetteur ne figure dans aucune liste d’États",
                "رمز الدولة المصدرة غير موجود في أي قائمة دول",
            ),
            could_not_run: sentence(
                "The code of the issuing state could not be checked",
                "Le code de l’État émetteur n’a pas pu être vérifié",
                "تعذّر التحقق من رمز الدولة المصدرة",
            ),
        },
    },
    Rule {
        code: "document_number_form",
        when: When::Always,
        about: About::Values,
        fields: &["document_number"],
        test: rules::number_form,
        sentences: Sentences {
            passed: sentence(
                "The document number has the form that its state gives",
                "Le numéro du document a la forme que son État lui donne",
                "رقم الوثيقة بالشكل الذي تعطيه دولتها",
            ),
            failed: sentence(
                "The document number does not have the form that its state gives",
                "Le numéro du document n’a pas la forme que son État lui donne",
                "رقم الوثيقة ليس بالشكل الذي تعطيه دولتها",
            ),
            could_not_run: sentence(
                "The form of the document number is not known",
                "La forme du numéro du document n’est pas connue",
                "شكل رقم الوثيقة غير معروف",
            ),
        },
    },
    Rule {
        code: "personal_number_form",
        when: When::Always,
        about: About::Values,
        fields: &["personal_number"],
        test: rules::personal_number_form,
        sentences: Sentences {
            passed: sentence(
                "The personal number has the form and the control that its state gives",
                "Le numéro personnel a la forme et le contrôle que son État lui donne",
                "الرقم الشخصي بالشكل والتحقق اللذين تعطيهما دولته",
            ),
            failed: sentence(
                "The personal number does not have the form or the control that its state gives",
                "Le numéro personnel n’a pas la forme ou le contrôle que son État lui donne",
                "الرقم الشخصي ليس بالشكل أو التحقق اللذين تعطيهما دولته",
            ),
            could_not_run: sentence(
                "The form of the personal number is not known",
                "La forme du numéro personnel n’est pas connue",
                "شكل الرقم الشخصي غير معروف",
            ),
        },
    },
    Rule {
        code: "picture_large_enough",
        when: When::Always,
        about: About::Document,
        fields: &[],
        test: rules::picture_large_enough,
        sentences: Sentences {
            passed: sentence(
                "The picture is large enough",
                "L’image est assez grande",
                "الصورة كبيرة بما يكفي",
            ),
            failed: sentence(
                "The picture is smaller than 800 by 600 pixels: small print may be misread, take it again from nearer",
                "L’image fait moins de 800 sur 600 pixels : le petit texte peut être mal lu, reprenez-la de plus près",
                "الصورة أصغر من 800 في 600 بكسل: قد يُقرأ النص الصغير خطأً، التقطها من أقرب",
            ),
            could_not_run: sentence(
                "The size of the picture is not known",
                "La taille de l’image n’est pas connue",
                "حجم الصورة غير معروف",
            ),
        },
    },
    Rule {
        code: "plate_form",
        when: When::Asked(CheckRule::Plate),
        about: About::Values,
        fields: &["A"],
        test: rules::plate_form,
        sentences: Sentences {
            passed: sentence(
                "The registration number has a form that its state issues",
                "L’immatriculation a une forme que son État délivre",
                "رقم التسجيل بشكل تصدره دولته",
            ),
            failed: sentence(
                "The registration number has no form that its state issues",
                "L’immatriculation n’a aucune forme que son État délivre",
                "رقم التسجيل ليس بأي شكل تصدره دولته",
            ),
            could_not_run: sentence(
                "The form of the registration number is not known",
                "La forme de l’immatriculation n’est pas connue",
                "شكل رقم التسجيل غير معروف",
            ),
        },
    },
    Rule {
        code: "vin_form",
        when: When::Asked(CheckRule::Vin),
        about: About::Values,
        fields: &["E"],
        test: rules::vin_form,
        sentences: Sentences {
            passed: sentence(
                "The vehicle identification number has the characters that ISO 3779 allows",
                "Le numéro d’identification du véhicule a les caractères que l’ISO 3779 admet",
                "رقم تعريف المركبة بالأحرف التي يسمح بها ISO 3779",
            ),
            failed: sentence(
                "The vehicle identification number has the letter I, O or Q, which ISO 3779 does not allow",
                "Le numéro d’identification du véhicule porte la lettre I, O ou Q, que l’ISO 3779 n’admet pas",
                "في رقم تعريف المركبة حرف I أو O أو Q الذي لا يسمح به ISO 3779",
            ),
            could_not_run: sentence(
                "The form of the vehicle identification number could not be checked",
                "La forme du numéro d’identification du véhicule n’a pas pu être vérifiée",
                "تعذّر التحقق من شكل رقم تعريف المركبة",
            ),
        },
    },
    Rule {
        code: "vin_maker",
        when: When::Asked(CheckRule::Vin),
        about: About::Values,
        fields: &["E"],
        test: rules::vin_maker,
        sentences: Sentences {
            passed: sentence(
                "The vehicle identification number begins with the code of a maker’s country",
                "Le numéro d’identification du véhicule commence par le code d’un pays de constructeur",
                "يبدأ رقم تعريف المركبة برمز بلد صانع",
            ),
            failed: sentence(
                "The vehicle identification number begins with a code that no country has",
                "Le numéro d’identification du véhicule commence par un code qu’aucun pays n’a",
                "يبدأ رقم تعريف المركبة برمز لا يملكه أي بلد",
            ),
            could_not_run: sentence(
                "The maker of the vehicle could not be checked",
                "Le constructeur du véhicule n’a pas pu être vérifié",
                "تعذّر التحقق من صانع المركبة",
            ),
        },
    },
    Rule {
        code: "vin_check_digit",
        when: When::Asked(CheckRule::Vin),
        about: About::Values,
        fields: &["E"],
        test: rules::vin_digit,
        sentences: Sentences {
            passed: sentence(
                "The check digit of the vehicle identification number agrees",
                "La clé du numéro d’identification du véhicule est exacte",
                "رقم التحقق لرقم تعريف المركبة صحيح",
            ),
            failed: sentence(
                "The check digit of the vehicle identification number does not agree",
                "La clé du numéro d’identification du véhicule est fausse",
                "رقم التحقق لرقم تعريف المركبة غير صحيح",
            ),
            could_not_run: sentence(
                "The vehicle identification number has no check digit, as is usual outside North America",
                "Le numéro d’identification du véhicule n’a pas de clé, ce qui est usuel hors d’Amérique du Nord",
                "لا يوجد رقم تحقق لرقم تعريف المركبة، وهذا معتاد خارج أمريكا الشمالية",
            ),
        },
    },
    Rule {
        code: "mass_in_service",
        when: When::Asked(CheckRule::VehicleFigures),
        about: About::Values,
        fields: &["F1", "F2"],
        test: rules::masses_in_service,
        sentences: Sentences {
            passed: sentence(
                "The admitted mass (F.2) does not exceed the technical one (F.1)",
                "La masse admissible (F.2) ne dépasse pas la masse technique (F.1)",
                "الكتلة المسموح بها (F.2) لا تتجاوز الكتلة التقنية (F.1)",
            ),
            failed: sentence(
                "The admitted mass (F.2) exceeds the technical one (F.1)",
                "La masse admissible (F.2) dépasse la masse technique (F.1)",
                "الكتلة المسموح بها (F.2) تتجاوز الكتلة التقنية (F.1)",
            ),
            could_not_run: sentence(
                "The masses could not be compared",
                "Les masses n’ont pas pu être comparées",
                "تعذّرت مقارنة الكتل",
            ),
        },
    },
    Rule {
        code: "mass_empty",
        when: When::Asked(CheckRule::VehicleFigures),
        about: About::Values,
        fields: &["G", "G1", "F1"],
        test: rules::masses_empty,
        sentences: Sentences {
            passed: sentence(
                "The masses are in order: empty (G.1), in service (G), technical maximum (F.1)",
                "Les masses sont en ordre : à vide (G.1), en service (G), maximale technique (F.1)",
                "الكتل مرتبة: فارغة (G.1) ثم في الخدمة (G) ثم القصوى التقنية (F.1)",
            ),
            failed: sentence(
                "The masses are not in order: empty (G.1), in service (G), technical maximum (F.1)",
                "Les masses ne sont pas en ordre : à vide (G.1), en service (G), maximale technique (F.1)",
                "الكتل غير مرتبة: فارغة (G.1) ثم في الخدمة (G) ثم القصوى التقنية (F.1)",
            ),
            could_not_run: sentence(
                "The masses could not be compared",
                "Les masses n’ont pas pu être comparées",
                "تعذّرت مقارنة الكتل",
            ),
        },
    },
    Rule {
        code: "registration_in_order",
        when: When::Asked(CheckRule::VehicleFigures),
        about: About::Values,
        fields: &["B", "I"],
        test: rules::registered_in_order,
        sentences: Sentences {
            passed: sentence(
                "The first registration is not after the certificate, nor the certificate in the future",
                "La première immatriculation ne suit pas le certificat, qui n’est pas dans le futur",
                "التسجيل الأول ليس بعد الشهادة والشهادة ليست في المستقبل",
            ),
            failed: sentence(
                "The first registration is after the certificate, or the certificate is in the future",
                "La première immatriculation suit le certificat, ou celui-ci est dans le futur",
                "التسجيل الأول بعد الشهادة أو الشهادة في المستقبل",
            ),
            could_not_run: sentence(
                "The dates of registration could not be compared",
                "Les dates d’immatriculation n’ont pas pu être comparées",
                "تعذّرت مقارنة تواريخ التسجيل",
            ),
        },
    },
    Rule {
        code: "vehicle_figures",
        when: When::Asked(CheckRule::VehicleFigures),
        about: About::Values,
        fields: &[],
        test: rules::vehicle_figures,
        sentences: Sentences {
            passed: sentence(
                "Power, seats and emissions are plausible",
                "Puissance, places et émissions sont plausibles",
                "القوة والمقاعد والانبعاثات معقولة",
            ),
            failed: sentence(
                "Power, seats or emissions are not plausible",
                "Puissance, places ou émissions ne sont pas plausibles",
                "القوة أو المقاعد أو الانبعاثات غير معقولة",
            ),
            could_not_run: sentence(
                "Power, seats and emissions could not be checked",
                "Puissance, places et émissions n’ont pas pu être vérifiées",
                "تعذّر التحقق من القوة والمقاعد والانبعاثات",
            ),
        },
    },
    Rule {
        code: "aamva_limits",
        when: When::OnlyAsked(CheckRule::Aamva),
        about: About::Values,
        fields: &[],
        test: rules::aamva_limits,
        sentences: Sentences {
            passed: sentence(
                "No value exceeds the limits of the AAMVA standard",
                "Aucune valeur ne dépasse les limites de la norme AAMVA",
                "لا قيمة تتجاوز حدود معيار AAMVA",
            ),
            failed: sentence(
                "A value exceeds the limits of the AAMVA standard: too much was read",
                "Une valeur dépasse les limites de la norme AAMVA : trop a été lu",
                "قيمة تتجاوز حدود معيار AAMVA: قُرئ أكثر مما يلزم",
            ),
            could_not_run: sentence(
                "The limits of the AAMVA standard could not be checked",
                "Les limites de la norme AAMVA n’ont pas pu être vérifiées",
                "تعذّر التحقق من حدود معيار AAMVA",
            ),
        },
    },
    Rule {
        code: "aamva_required_elements",
        when: When::Elsewhere,
        about: About::Values,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The barcode has every element that the standard demands",
                "Le code-barres a tous les éléments que la norme demande",
                "يحتوي الرمز الشريطي على كل العناصر التي يطلبها المعيار",
            ),
            failed: sentence(
                "The barcode lacks elements that the standard demands",
                "Il manque au code-barres des éléments que la norme demande",
                "تنقص الرمز الشريطي عناصر يطلبها المعيار",
            ),
            could_not_run: sentence(
                "The elements of the barcode could not be checked",
                "Les éléments du code-barres n’ont pas pu être vérifiés",
                "تعذّر التحقق من عناصر الرمز الشريطي",
            ),
        },
    },
    Rule {
        code: "aamva_element_shapes",
        when: When::Elsewhere,
        about: About::Values,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The values in the barcode have the length and the characters that the standard gives them",
                "Les valeurs du code-barres ont la longueur et les caractères que la norme leur donne",
                "لقيم الرمز الشريطي الطول والأحرف التي يحددها المعيار",
            ),
            failed: sentence(
                "Values in the barcode do not have the length or the characters that the standard gives them",
                "Des valeurs du code-barres n’ont pas la longueur ou les caractères que la norme leur donne",
                "ليس لبعض قيم الرمز الشريطي الطول أو الأحرف التي يحددها المعيار",
            ),
            could_not_run: sentence(
                "The values in the barcode could not be checked",
                "Les valeurs du code-barres n’ont pas pu être vérifiées",
                "تعذّر التحقق من قيم الرمز الشريطي",
            ),
        },
    },
    Rule {
        code: "aamva_dates",
        when: When::Elsewhere,
        about: About::Values,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The dates in the barcode exist, and birth, issue and expiry follow each other",
                "Les dates du code-barres existent, et naissance, délivrance et expiration se suivent",
                "تواريخ الرمز الشريطي صحيحة، والولادة والإصدار والانتهاء متتابعة",
            ),
            failed: sentence(
                "The dates in the barcode do not exist, or birth, issue and expiry do not follow each other",
                "Des dates du code-barres n’existent pas, ou naissance, délivrance et expiration ne se suivent pas",
                "تواريخ الرمز الشريطي غير صحيحة، أو أن الولادة والإصدار والانتهاء غير متتابعة",
            ),
            could_not_run: sentence(
                "The dates in the barcode could not be compared: one of them is missing",
                "Les dates du code-barres n’ont pas pu être comparées : il en manque une",
                "تعذّرت مقارنة تواريخ الرمز الشريطي: أحدها ناقص",
            ),
        },
    },
    Rule {
        code: "aamva_issuer",
        when: When::Elsewhere,
        about: About::Values,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The issuer’s number in the barcode is that of the state and country it names",
                "Le numéro de l’émetteur dans le code-barres est celui de l’État et du pays qu’il nomme",
                "رقم الجهة المصدرة في الرمز الشريطي هو رقم الولاية والبلد اللذين يسميهما",
            ),
            failed: sentence(
                "The issuer’s number in the barcode is not that of the state or country it names",
                "Le numéro de l’émetteur dans le code-barres n’est pas celui de l’État ou du pays qu’il nomme",
                "رقم الجهة المصدرة في الرمز الشريطي ليس رقم الولاية أو البلد اللذين يسميهما",
            ),
            could_not_run: sentence(
                "The issuer in the barcode is not known",
                "L’émetteur indiqué par le code-barres n’est pas connu",
                "الجهة المصدرة في الرمز الشريطي غير معروفة",
            ),
        },
    },
    Rule {
        code: "aamva_names_whole",
        when: When::Elsewhere,
        about: About::Values,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The issuer says that the names in the barcode are not cut",
                "L’émetteur dit que les noms du code-barres ne sont pas coupés",
                "تقول الجهة المصدرة إن الأسماء في الرمز الشريطي غير مقصوصة",
            ),
            failed: sentence(
                "The issuer says that a name in the barcode is cut: compare it with the printed name",
                "L’émetteur dit qu’un nom du code-barres est coupé : comparez-le au nom imprimé",
                "تقول الجهة المصدرة إن اسمًا في الرمز الشريطي مقصوص: قارنه بالاسم المطبوع",
            ),
            could_not_run: sentence(
                "The barcode does not say whether names in it are cut",
                "Le code-barres ne dit pas si des noms y sont coupés",
                "لا يذكر الرمز الشريطي ما إذا كانت الأسماء فيه مقصوصة",
            ),
        },
    },
    Rule {
        code: "aamva_age_dates",
        when: When::Elsewhere,
        about: About::Values,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "The days on which the holder comes of age in the barcode follow from the date of birth",
                "Les jours de majorité du titulaire dans le code-barres découlent de la date de naissance",
                "أيام بلوغ الحامل السنّ القانونية في الرمز الشريطي موافقة لتاريخ الولادة",
            ),
            failed: sentence(
                "A day on which the holder comes of age in the barcode does not follow from the date of birth",
                "Un jour de majorité du titulaire dans le code-barres ne découle pas de la date de naissance",
                "يوم بلوغ الحامل السنّ القانونية في الرمز الشريطي لا يوافق تاريخ الولادة",
            ),
            could_not_run: sentence(
                "The barcode does not name the days on which the holder comes of age",
                "Le code-barres n’indique pas les jours de majorité du titulaire",
                "لا يذكر الرمز الشريطي أيام بلوغ الحامل السنّ القانونية",
            ),
        },
    },
    Rule {
        code: "two_d_doc_dates",
        when: When::Elsewhere,
        about: About::Values,
        fields: &[],
        test: |_| None,
        sentences: Sentences {
            passed: sentence(
                "Birth, issue and signature of the 2D-Doc follow each other and are not in the future",
                "Naissance, émission et signature du 2D-Doc se suivent et ne sont pas dans le futur",
                "الولادة والإصدار والتوقيع في رمز 2D-Doc متتابعة وليست في المستقبل",
            ),
            failed: sentence(
                "Birth, issue and signature of the 2D-Doc do not follow each other, or one is in the future",
                "Naissance, émission et signature du 2D-Doc ne se suivent pas, ou l’une est dans le futur",
                "الولادة والإصدار والتوقيع في رمز 2D-Doc غير متتابعة، أو أن أحدها في المستقبل",
            ),
            could_not_run: sentence(
                "The dates of the 2D-Doc could not be compared",
                "Les dates du 2D-Doc n’ont pas pu être comparées",
                "تعذّرت مقارنة تواريخ رمز 2D-Doc",
            ),
        },
    },
];
