//! The months as documents name them, in the languages of Europe and in Arabic.

use crate::visual::fold;

/// The months as documents abbreviate them, by their first letters, without accents. A few mean
/// different months in different languages; the second language beside it then decides.
const MONTHS: &[(&str, &[&str])] = &[
    (
        "1",
        &[
            "JAN",
            "JANV",
            "ENE",
            "GEN",
            "STY",
            "LED",
            "SIJ",
            "IAN",
            "TAMMI",
            "JAAN",
            "OCA",
            "EAN",
            "ION",
            "ЯНУ",
            "ЯНВ",
            "ІАН",
            "ΙΑΝ",
            "XAN",
            "SAU",
            "جانفي",
            "يناير",
        ],
    ),
    (
        "2",
        &[
            "FEB",
            "FEV",
            "FEVR",
            "LUT",
            "UNO",
            "VELJ",
            "HELMI",
            "VEEB",
            "SUB",
            "FEA",
            "CHW",
            "ФЕВ",
            "ΦΕΒ",
            "VAS",
            "فيفري",
            "فبراير",
        ],
    ),
    (
        "3",
        &[
            "MAR", "MARS", "MRT", "MAE", "BRE", "OZU", "MAALIS", "MARTS", "MARZ", "MRZ", "MAW",
            "МАР", "ΜΑΡ", "KOV", "مارس",
        ],
    ),
    (
        "4",
        &[
            "APR",
            "AVR",
            "ABR",
            "KWI",
            "DUB",
            "TRA",
            "HUHTI",
            "NIS",
            "AIB",
            "EBR",
            "АПР",
            "ΑΠΡ",
            "BAL",
            "أفريل",
            "أبريل",
        ],
    ),
    (
        "5",
        &[
            "MAY", "MAI", "MEI", "MAG", "MAJ", "KVE", "SVI", "TOUKO", "BEA", "МАЙ", "ΜΑΙ", "ΜΑΪ",
            "GEG", "ماي", "مايو",
        ],
    ),
    (
        "6",
        &[
            "JUN",
            "JUIN",
            "GIU",
            "CZE",
            "CER",
            "CVN",
            "LIP",
            "IUN",
            "KESA",
            "JUUN",
            "HAZ",
            "MEH",
            "ЮНИ",
            "ИЮН",
            "ΙΟΥΝ",
            "BIR",
            "جوان",
            "يونيو",
        ],
    ),
    (
        "7",
        &[
            "JUL",
            "JUIL",
            "LUG",
            "LIP",
            "CVC",
            "SRP",
            "IUL",
            "HEINA",
            "JUUL",
            "TEM",
            "GOR",
            "ЮЛИ",
            "ИЮЛ",
            "ΙΟΥΛ",
            "LIE",
            "جويلية",
            "يوليو",
        ],
    ),
    (
        "8",
        &[
            "AUG",
            "AOUT",
            "AOU",
            "AGO",
            "SIE",
            "SRP",
            "KOL",
            "ELO",
            "AGU",
            "LUN",
            "AWS",
            "ÁGÚ",
            "АВГ",
            "ΑΥΓ",
            "RUGP",
            "أوت",
            "أغسطس",
        ],
    ),
    (
        "9",
        &[
            "SEP",
            "SEPT",
            "SET",
            "WRZ",
            "ZAR",
            "RUJ",
            "SZE",
            "SYYS",
            "EYL",
            "MFO",
            "MED",
            "СЕП",
            "СЕН",
            "ΣΕΠ",
            "RGS",
            "سبتمبر",
        ],
    ),
    (
        "10",
        &[
            "OCT",
            "OKT",
            "OTT",
            "OUT",
            "PAZ",
            "RIJ",
            "LIS",
            "LOKA",
            "EKI",
            "DFO",
            "HYD",
            "ОКТ",
            "ΟΚΤ",
            "SPA",
            "أكتوبر",
        ],
    ),
    (
        "11",
        &[
            "NOV",
            "LIS",
            "STU",
            "NOI",
            "NOE",
            "MARRAS",
            "KAS",
            "SAM",
            "TACH",
            "НОЕ",
            "НОЯ",
            "ΝΟΕ",
            "LAP",
            "نوفمبر",
        ],
    ),
    (
        "12",
        &[
            "DEC",
            "DEZ",
            "DIC",
            "DES",
            "GRU",
            "PRO",
            "JOULU",
            "DETS",
            "ARA",
            "NOL",
            "RHAG",
            "ДЕК",
            "ΔΕΚ",
            "GRD",
            "ديسمبر",
        ],
    ),
];

/// The months that a word may name, with how many letters differ: none, or else one.
pub(super) fn months(word: &str) -> Vec<(i8, usize)> {
    let mut best: Vec<(i8, usize)> = Vec::new();
    if word.chars().count() < 3 || word.chars().count() > 12 {
        return best;
    }
    for allowed in 0..=1_usize {
        for (month, names) in MONTHS {
            let length = names.iter().filter(|name| {
                let name: String = name.chars().map(fold::plain).collect();
                let start: String = word.chars().take(name.chars().count()).collect();
                if allowed == 0 {
                    start == name
                } else {
                    name.chars().count() == 3
                        && word.chars().count() <= 4
                        && fold::distance(&start, &name) <= 1
                }
            });
            if let (Some(longest), Ok(month)) =
                (length.map(|name| name.chars().count()).max(), month.parse())
            {
                best.push((month, allowed * 10 + 9_usize.saturating_sub(longest)));
            }
        }
        if !best.is_empty() {
            break;
        }
    }
    best.sort_by_key(|(_, errors)| *errors);
    // A longer name of one month outdoes a shorter one of another: MARRAS is not March.
    if let Some((_, least)) = best.first().copied() {
        best.retain(|(_, errors)| *errors == least || *errors >= 10);
    }
    best
}
