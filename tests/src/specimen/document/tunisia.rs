//! Tunisian documents: the identity card (Arabic only, both sides), the bilingual vehicle certificate
//! and the bilingual driving licence. Words are those that the documents print; grounds and
//! arrangement are invented.

use super::arabic::shape;
use super::bearer::Bearer;
use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::form::{Entry, Form};
use super::portrait::Sitter;
use super::{Said, Sheet, Side, ornament, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, Sex, state_of};

const ID_1: (f32, f32) = (85.6, 53.98);

#[rustfmt::skip] // A list of words.
const SURNAMES: [&str; 12] = [
    "بن علي", "الطرابلسي", "الغربي", "البوعزيزي", "المبروك", "العياري", "الشابي", "بن يوسف",
    "الزواري", "الهمامي", "القاسمي", "النصري",
];
const WOMEN: [&str; 8] = [
    "فاطمة",
    "سلمى",
    "مريم",
    "آمنة",
    "هاجر",
    "نجوى",
    "رحمة",
    "أميرة",
];
const MEN: [&str; 8] = [
    "محمد",
    "أحمد",
    "علي",
    "يوسف",
    "كريم",
    "خالد",
    "أمين",
    "ياسين",
];
const PLACES: [&str; 8] = [
    "تونس",
    "صفاقس",
    "سوسة",
    "القيروان",
    "بنزرت",
    "قابس",
    "نابل",
    "المنستير",
];
const WORK: [&str; 7] = ["موظف", "أستاذ", "عامل", "طالب", "ممرضة", "فلاح", "تاجر"];
const STREETS: [&str; 5] = [
    "نهج الياسمين",
    "شارع الجمهورية",
    "نهج الزيتونة",
    "حي النصر",
    "شارع الحرية",
];
const MONTHS: [&str; 12] = [
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];

fn in_words(day: Day) -> String {
    format!(
        "{:02} {} {:04}",
        day.day,
        MONTHS[(day.month - 1) as usize],
        day.year
    )
}

/// Prints Arabic so that it ends (begins, for its reader) at `right`, at most `most` wide; answers where
/// it stops at the left.
fn arabic(form: &mut Form, right: f32, y: f32, most: f32, text: &str, style: Style) -> f32 {
    let shaped = shape(text);
    let width = form.canvas.text_width(&shaped, style);
    let fitting = if width > most {
        Style {
            capital: style.capital * most / width,
            ..style
        }
    } else {
        style
    };
    let left = right - width.min(most);
    form.canvas.text(left, y, &shaped, fitting);
    // What was said, in the order of reading, beside the glyphs in the order of printing.
    form.canvas.printed.push(text.to_owned());
    left
}

/// Label and value on one line from the right.
fn line(form: &mut Form, y: f32, label: &str, entry: &Entry, styles: (Style, Style)) {
    let right = 81.0;
    let end = arabic(form, right, y, 24.0, label, styles.0);
    arabic(form, end - 1.6, y, end - 32.0, &entry.printed, styles.1);
    form.note(entry);
}

struct Citizen {
    sex: Sex,
    surname: &'static str,
    given: &'static str,
    father: &'static str,
    grandfather: &'static str,
    mother: String,
    number: String,
    birth: Day,
    place: &'static str,
    work: &'static str,
    address: String,
    issue: Day,
    sitter: Sitter,
}

impl Citizen {
    fn deal(dice: &mut Dice) -> Self {
        let sex = *dice.pick(&[Sex::Female, Sex::Male]);
        let birth = Day::deal(dice, 1945, 2004);
        let place = dice.word(&PLACES);
        Self {
            sex,
            surname: dice.word(&SURNAMES),
            given: dice.word(if sex == Sex::Female { &WOMEN } else { &MEN }),
            father: dice.word(&MEN),
            grandfather: dice.word(&MEN),
            mother: format!("{} {}", dice.word(&WOMEN), dice.word(&SURNAMES)),
            number: format!("{}{}", dice.symbol("01"), dice.symbols("0123456789", 7)),
            birth,
            place,
            work: dice.word(&WORK),
            address: format!(
                "{} {} {}",
                dice.number(1, 120),
                dice.word(&STREETS),
                dice.word(&PLACES)
            ),
            issue: Day::deal(dice, (birth.year + 18).max(2000), 2025),
            sitter: Sitter::deal(dice, sex, birth.year),
        }
    }
}

/// One side of an identity card.
pub(super) fn identity(dice: &mut Dice, scale: f32, side: Side) -> Sheet {
    let citizen = Citizen::deal(dice);
    let (mut front, mut back) = (dice.fork(), dice.fork());
    let dice = if side == Side::Front {
        &mut front
    } else {
        &mut back
    };
    let tint = [130.0, 160.0, 180.0];
    let mut canvas = Canvas::new(ID_1.0, ID_1.1, scale, [238.0, 243.0, 245.0]);
    ornament::wash(&mut canvas, tint, [206.0, 170.0, 160.0], 0.24);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, tint, 0.28);
    let mut form = Form::new(canvas);
    let face = *dice.pick(&[Typeface::Naskh, Typeface::ArabicBold]);
    let dark = [60.0, 50.0, 60.0];
    let styles = (
        Style::new(Typeface::Naskh, 1.9, dark),
        Style::new(face, 2.0, INK),
    );
    if side == Side::Front {
        face_of(&mut form, &citizen, dice, styles);
    } else {
        back_of(&mut form, &citizen, dice, styles);
    }
    if dice.chance(0.3) {
        specimen_mark(&mut form.canvas, dice, (44.0, 30.0), 5.4);
    }
    Sheet {
        canvas: form.canvas,
        radius: 2.5,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type: if side == Side::Front {
                "id_card_front"
            } else {
                "id_card_back"
            },
            issuing_country: "TUN",
            zone: None,
            fields: form.fields,
        },
    }
}

fn face_of(form: &mut Form, citizen: &Citizen, dice: &mut Dice, styles: (Style, Style)) {
    let head = Style::new(Typeface::ArabicBold, 2.3, [150.0, 30.0, 40.0]);
    arabic(form, 62.0, 6.0, 40.0, "الجمهورية التونسية", head);
    let second = Style::new(Typeface::ArabicBold, 2.1, INK);
    arabic(form, 63.0, 11.4, 44.0, "بطاقة التعريف الوطنية", second);
    ornament::emblem(&mut form.canvas, (76.0, 8.0), 5.0, [150.0, 60.0, 60.0], 0.6);
    citizen
        .sitter
        .draw(&mut form.canvas, Frame::new(4.0, 12.0, 23.0, 30.0));
    let number = Entry::plain("document_number", citizen.number.clone());
    let face = *dice.pick(&[Typeface::SansBold, Typeface::MonoBold]);
    form.fill(42.0, 17.8, 30.0, &number, Style::new(face, 2.8, INK));
    let surname = Entry::plain("surname", citizen.surname);
    line(form, 23.4, "اللقب", &surname, styles);
    let given = Entry::plain("given_names", citizen.given);
    line(form, 29.2, "الاسم", &given, styles);
    let son = if citizen.sex == Sex::Female {
        "بنت"
    } else {
        "بن"
    };
    let parents = format!("{son} {} بن {}", citizen.father, citizen.grandfather);
    arabic(form, 81.0, 35.0, 48.0, &parents, styles.1);
    let birth = Entry::meaning(
        "date_of_birth",
        in_words(citizen.birth),
        citizen.birth.iso(),
    );
    line(form, 40.8, "تاريخ الولادة", &birth, styles);
    let place = Entry::plain("place_of_birth", citizen.place);
    line(form, 46.6, "مكانها", &place, styles);
}

fn back_of(form: &mut Form, citizen: &Citizen, dice: &mut Dice, styles: (Style, Style)) {
    let mother = Entry::plain("mother_name", citizen.mother.clone());
    line(form, 9.0, "اسم ولقب الأم", &mother, styles);
    let work = Entry::plain("profession", citizen.work);
    line(form, 15.4, "المهنة", &work, styles);
    let address = Entry::plain("address", citizen.address.clone());
    line(form, 21.8, "العنوان", &address, styles);
    let issue = Entry::meaning(
        "date_of_issue",
        in_words(citizen.issue),
        citizen.issue.iso(),
    );
    line(form, 28.2, "تونس في", &issue, styles);
    // A finger's print: rings about a point.
    for ring in 1..12 {
        let reach = ring as f32 * 0.8;
        let frame = Frame::new(15.0 - reach * 0.7, 26.0 - reach, reach * 1.4, reach * 2.0);
        form.canvas
            .outline(frame, reach * 0.68, 0.3, [70.0, 70.0, 90.0]);
    }
    ornament::signature(
        &mut form.canvas,
        dice,
        Frame::new(52.0, 33.0, 24.0, 9.0),
        [40.0, 40.0, 90.0],
    );
    let serial = dice.symbols("0123456789", 9);
    form.print(
        30.0,
        50.0,
        30.0,
        &serial,
        Style::new(Typeface::Mono, 1.5, INK),
    );
}

/// The registration number: series, the country's name, number; or the temporary regime's.
fn plate(dice: &mut Dice) -> String {
    if dice.chance(0.12) {
        return format!("RS {}", dice.number(10_000, 199_999));
    }
    format!("{} TUN {}", dice.number(60, 245), dice.number(1, 9999))
}

/// The bilingual vehicle certificate, French words left and Arabic ones right.
pub(super) fn vehicle(dice: &mut Dice, scale: f32) -> Sheet {
    const MAKES: [(&str, &str, &str); 8] = [
        ("PEUGEOT", "208", "VF3"),
        ("RENAULT", "SYMBOL", "VF1"),
        ("VOLKSWAGEN", "POLO", "WVW"),
        ("KIA", "RIO", "KNA"),
        ("ISUZU", "D-MAX", "MPA"),
        ("FIAT", "PALIO", "ZFA"),
        ("CITROEN", "BERLINGO", "VF7"),
        ("HYUNDAI", "I10", "MAL"),
    ];
    let bearer = Bearer::deal(dice, state_of("TUN"), 10);
    let (make, kind, start) = *dice.pick(&MAKES);
    let plate = plate(dice);
    let first = Day::deal(dice, 1994, 2023);
    let issue = Day::deal(dice, first.year, 2025);
    let gross = dice.number(1300, 3500);
    let empty = gross - dice.number(350, 1100);
    let chassis = format!(
        "{start}{}{}",
        dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 7),
        dice.symbols("0123456789", 7)
    );
    let engine = format!(
        "{}{}",
        dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ", 2),
        dice.symbols("0123456789", 7)
    );
    let owner = format!("{} {}", bearer.surname(), bearer.given(" "));
    let date = |name: &'static str, day: Day| Entry::meaning(name, day.numeric('/'), day.iso());
    let in_arabic = dice.chance(0.4);
    let arabic_owner = format!("{} {}", dice.word(&MEN), dice.word(&SURNAMES));
    let arabic_address = format!("{} {}", dice.word(&STREETS), dice.word(&PLACES));
    let fuel = *dice.pick(&[("ESSENCE", "بنزين"), ("GASOIL", "غازوال"), ("G.P.L", "غاز")]);
    let kinds = *dice.pick(&[("VP", "سيارة خاصة"), ("CAMIONNETTE", "شاحنة خفيفة")]);
    let colour = *dice.pick(&[
        ("BLANC", "أبيض"),
        ("GRIS", "رمادي"),
        ("NOIR", "أسود"),
        ("ROUGE", "أحمر"),
    ]);
    let word = |name: &'static str, words: (&str, &str)| {
        Entry::plain(name, if in_arabic { words.1 } else { words.0 })
    };
    let rows: [(&str, &str, Entry); 18] = [
        (
            "N° d'immatriculation",
            "رقم التسجيل",
            Entry::plain("A", plate),
        ),
        (
            "Date 1ère mise en circulation",
            "تاريخ أول إذن بالجولان",
            date("B", first),
        ),
        (
            "Nom et prénom",
            "الاسم واللقب",
            word("C1", (&owner, &arabic_owner)),
        ),
        (
            "Adresse",
            "العنوان",
            word("C3", (&bearer.address.join(" "), &arabic_address)),
        ),
        ("Constructeur", "الصانع", Entry::plain("D1", make)),
        ("Type", "النوع", Entry::plain("D2", kind)),
        (
            "N° de série du type",
            "العدد الرتبي",
            Entry::plain("E", chassis),
        ),
        (
            "Puissance fiscale",
            "القوة الجبائية",
            Entry::plain("P6", dice.number(4, 12).to_string()),
        ),
        ("Énergie", "الطاقة", word("P3", fuel)),
        (
            "Nombre de places",
            "عدد المقاعد",
            Entry::plain("S1", dice.number(2, 9).to_string()),
        ),
        (
            "P.T.A.C",
            "الوزن الجملي",
            Entry::plain("F1", gross.to_string()),
        ),
        (
            "Poids à vide",
            "الوزن فارغا",
            Entry::plain("G1", empty.to_string()),
        ),
        (
            "Charge utile",
            "الحمولة",
            Entry::plain("payload", (gross - empty).to_string()),
        ),
        ("Genre", "الصنف", word("J1", kinds)),
        ("Usage", "الاستعمال", word("usage", ("PRIVÉ", "خاص"))),
        ("Couleur", "اللون", word("R", colour)),
        ("N° du moteur", "رقم المحرك", Entry::plain("P5", engine)),
        ("Délivré le", "سلمت في", date("I", issue)),
    ];
    let mut canvas = Canvas::new(148.0, 105.0, scale, [240.0, 244.0, 236.0]);
    ornament::wash(
        &mut canvas,
        [150.0, 180.0, 150.0],
        [210.0, 190.0, 150.0],
        0.3,
    );
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, [130.0, 160.0, 130.0], 0.22);
    let mut form = Form::new(canvas);
    let dark = [40.0, 60.0, 50.0];
    let head = Style::new(Typeface::SansBold, 1.9, dark);
    form.print(6.0, 6.0, 60.0, "RÉPUBLIQUE TUNISIENNE", head);
    form.print(
        6.0,
        10.0,
        70.0,
        "CERTIFICAT D'IMMATRICULATION D'UN VÉHICULE",
        Style::new(Typeface::Sans, 1.6, dark),
    );
    let arabic_head = Style::new(Typeface::ArabicBold, 2.0, dark);
    arabic(
        &mut form,
        142.0,
        6.0,
        60.0,
        "الجمهورية التونسية",
        arabic_head,
    );
    arabic(
        &mut form,
        142.0,
        10.6,
        60.0,
        "شهادة تسجيل عربة",
        arabic_head,
    );
    let label = Style::new(Typeface::Sans, 1.4, dark);
    let arabic_label = Style::new(Typeface::Naskh, 1.7, dark);
    let face = *dice.pick(&[Typeface::SansBold, Typeface::Mono, Typeface::Sans]);
    let value = Style::new(face, 1.8, INK);
    let arabic_value = Style::new(Typeface::ArabicBold, 1.8, INK);
    for (row, (french, words, entry)) in rows.iter().enumerate() {
        let y = 17.6 + row as f32 * 4.85;
        form.print(6.0, y, 40.0, french, label);
        arabic(&mut form, 142.0, y, 36.0, words, arabic_label);
        if entry.name == "A" && in_arabic && entry.printed.contains(" TUN ") {
            // The series stands left of the country's name, whichever way the letters run.
            let mut at = 50.0;
            for part in entry.printed.split(' ') {
                if part == "TUN" {
                    let shaped = shape("تونس");
                    at = form.print(at, y, 14.0, &shaped, arabic_value) + 1.0;
                } else {
                    at = form.print(at, y, 14.0, part, value) + 1.0;
                }
            }
            form.canvas.printed.push(entry.printed.clone());
            form.note(entry);
        } else if entry
            .printed
            .chars()
            .any(|c| ('\u{600}'..'\u{700}').contains(&c))
        {
            arabic(&mut form, 98.0, y, 50.0, &entry.printed, arabic_value);
            form.note(entry);
        } else {
            form.fill(50.0, y, 56.0, entry, value);
        }
        form.canvas.fill(
            Frame::new(6.0, y + 1.3, 136.0, 0.08),
            0.0,
            [140.0, 160.0, 140.0],
            0.8,
        );
    }
    if dice.chance(0.3) {
        specimen_mark(&mut form.canvas, dice, (80.0, 60.0), 8.0);
    }
    Sheet {
        canvas: form.canvas,
        radius: 1.0,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type: "vehicle_registration",
            issuing_country: "TUN",
            zone: None,
            fields: form.fields,
        },
    }
}

/// The bilingual driving licence: numbered lines as in the European model, no zone.
pub(super) fn licence(dice: &mut Dice, scale: f32) -> Sheet {
    let bearer = Bearer::deal(dice, state_of("TUN"), 10);
    let mut canvas = Canvas::new(ID_1.0, ID_1.1, scale, [248.0, 240.0, 240.0]);
    ornament::wash(
        &mut canvas,
        [206.0, 140.0, 150.0],
        [150.0, 180.0, 200.0],
        0.26,
    );
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, [206.0, 140.0, 150.0], 0.28);
    let mut form = Form::new(canvas);
    let dark = [110.0, 36.0, 50.0];
    let arabic_head = Style::new(Typeface::ArabicBold, 1.9, dark);
    arabic(
        &mut form,
        81.0,
        5.4,
        36.0,
        "الجمهورية التونسية",
        arabic_head,
    );
    arabic(&mut form, 81.0, 10.0, 30.0, "رخصة سياقة", arabic_head);
    let head = Style::new(Typeface::SansBold, 1.6, dark);
    form.print(4.0, 5.0, 40.0, "RÉPUBLIQUE TUNISIENNE", head);
    form.print(4.0, 8.6, 40.0, "PERMIS DE CONDUIRE", head);
    bearer
        .sitter
        .draw(&mut form.canvas, Frame::new(4.0, 13.0, 20.0, 26.0));
    let (label, value) = (
        Style::new(Typeface::Sans, 1.2, dark),
        Style::new(Typeface::SansBold, 1.6, INK),
    );
    let number = format!(
        "{:02}/{}",
        dice.number(1, 26),
        dice.symbols("0123456789", 6)
    );
    let categories = dice.word(&["B", "A1/B", "A/B", "B/C", "B/C/C+E"]);
    let date = |name: &'static str, day: Day| Entry::meaning(name, day.numeric('/'), day.iso());
    let rows: [(&str, Entry); 8] = [
        ("1.", Entry::plain("surname", bearer.surname())),
        ("2.", Entry::plain("given_names", bearer.given(" "))),
        ("3.", date("date_of_birth", bearer.holder.birth)),
        ("4a.", date("date_of_issue", bearer.issue)),
        ("4b.", date("date_of_expiry", bearer.expiry)),
        ("4c.", Entry::plain("authority", bearer.authority.clone())),
        (
            "4d.",
            Entry::plain("personal_number", dice.symbols("0123456789", 8)),
        ),
        ("5.", Entry::plain("document_number", number)),
    ];
    for (row, (code, entry)) in rows.iter().enumerate() {
        let y = 15.4 + row as f32 * 3.7;
        form.print(27.0, y, 4.6, code, label);
        let end = form.fill(31.8, y, 34.0, entry, value);
        if entry.name == "date_of_birth" {
            let place = bearer.holder.place_of_birth;
            form.fill(
                end + 1.4,
                y,
                24.0,
                &Entry::plain("place_of_birth", place),
                value,
            );
        }
    }
    form.print(27.0, 47.4, 4.6, "9.", label);
    form.fill(
        31.8,
        47.4,
        30.0,
        &Entry::plain("licence_categories", categories),
        value,
    );
    ornament::signature(
        &mut form.canvas,
        dice,
        Frame::new(4.0, 41.0, 20.0, 7.0),
        [30.0, 30.0, 40.0],
    );
    Sheet {
        canvas: form.canvas,
        radius: 3.18,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type: "driving_licence_front",
            issuing_country: "TUN",
            zone: None,
            fields: form.fields,
        },
    }
}
