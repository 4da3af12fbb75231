//! What invented persons are called, and where their documents come from. No list is of real persons.

use super::dice::Dice;

/// Given names, the frequent ones first.
const GIVEN: [&str; 72] = [
    "Anna",
    "Marie",
    "Mohamed",
    "Jean",
    "Thomas",
    "Sarah",
    "Lucas",
    "Fatma",
    "Léa",
    "Ahmed",
    "Emma",
    "Paul",
    "Inès",
    "Hugo",
    "Julie",
    "Karim",
    "Chloé",
    "Peter",
    "Sofía",
    "Yasmine",
    "Louis",
    "Élodie",
    "Antoine",
    "Nour",
    "Camille",
    "Jürgen",
    "Zoë",
    "Mehdi",
    "Giulia",
    "Maxime",
    "Amira",
    "José",
    "Katarzyna",
    "Björn",
    "Aïcha",
    "Guðrún",
    "Søren",
    "Mónica",
    "Łukasz",
    "François",
    "Ingrid",
    "Walid",
    "Noémie",
    "Stefan",
    "Olena",
    "Dimitri",
    "Hélène",
    "Rafael",
    "Šárka",
    "Anders",
    "Beatriz",
    "Cătălin",
    "Désirée",
    "Erik",
    "Fiona",
    "Gergő",
    "Hanne",
    "Idris",
    "Jelena",
    "Kevin",
    "Leïla",
    "Matteo",
    "Nadia",
    "Oumar",
    "Priya",
    "Quentin",
    "Renée",
    "Samir",
    "Théo",
    "Umberto",
    "Véronique",
    "Wiktoria",
];

/// Family names, the frequent ones first.
const FAMILY: [&str; 72] = [
    "Martin",
    "Müller",
    "García",
    "Ben Salah",
    "Bernard",
    "Schmidt",
    "Rossi",
    "Trabelsi",
    "Dubois",
    "Jansen",
    "López",
    "Novák",
    "Petit",
    "Weiß",
    "Moreau",
    "Haddad",
    "Laurent",
    "Nowak",
    "Fournier",
    "Eriksson",
    "Lefèvre",
    "Kowalczyk",
    "Mercier",
    "Bouazizi",
    "Silva",
    "Popescu",
    "Girard",
    "Andersen",
    "Bonnet",
    "Östergård",
    "Dupont",
    "Ferrari",
    "Lambert",
    "Costa",
    "Fontaine",
    "Łęcki",
    "Rousseau",
    "Jónsdóttir",
    "Vincent",
    "Özdemir",
    "Muñoz",
    "Horváth",
    "Faure",
    "O'Brien",
    "Blanchard",
    "Van den Berg",
    "Gauthier",
    "Çelik",
    "Perrin",
    "Nielsen",
    "Morin",
    "Kaya",
    "Dumont",
    "Šimić",
    "Lopes",
    "Åkesson",
    "Marchand",
    "Ivanova",
    "Rivière",
    "Papadopoulos",
    "Barbier",
    "El Amrani",
    "Brun",
    "Mäkinen",
    "Gaillard",
    "Mac Neill",
    "Renard",
    "Sørensen",
    "Picard",
    "Dvořák",
    "Aubert",
    "Yılmaz",
];

/// Given and family names in the letters of the document.
const ARABIC: [(&str, &str); 6] = [
    ("أحمد", "الطرابلسي"),
    ("فاطمة", "بن صالح"),
    ("محمد", "الحداد"),
    ("مريم", "البوعزيزي"),
    ("يوسف", "المنصوري"),
    ("ليلى", "القاسمي"),
];

/// Parts of family names that few have.
const BEGINNINGS: [&str; 24] = [
    "Bel", "Mor", "Kar", "Ash", "Lin", "Dub", "Ver", "Sal", "Tro", "Hal", "Ros", "Fen", "Gra",
    "Win", "Mar", "Kol", "Bra", "Cas", "Dor", "Eng", "Fal", "Nor", "Pel", "Zan",
];
const MIDDLES: [&str; 16] = [
    "a", "o", "i", "en", "er", "el", "ar", "ov", "an", "in", "ette", "o", "u", "au", "ei", "or",
];
const ENDINGS: [&str; 24] = [
    "mann", "ville", "sen", "ski", "ard", "etti", "berg", "son", "ić", "ez", "eau", "aux", "ek",
    "stad", "dal", "ford", "lund", "oni", "escu", "wick", "ot", "in", "ev", "oux",
];

/// States as documents code them, and how often.
const STATES: [(&str, f32); 24] = [
    ("FRA", 30.0),
    ("TUN", 11.0),
    ("D<<", 8.0),
    ("ITA", 7.0),
    ("ESP", 6.0),
    ("DZA", 6.0),
    ("MAR", 5.0),
    ("GBR", 5.0),
    ("USA", 4.0),
    ("PRT", 3.0),
    ("BEL", 3.0),
    ("POL", 2.5),
    ("ROU", 2.0),
    ("NLD", 2.0),
    ("SEN", 1.5),
    ("CAN", 1.0),
    ("SWE", 0.8),
    ("IND", 0.7),
    ("CZE", 0.5),
    ("NOR", 0.4),
    ("ISL", 0.2),
    ("AND", 0.1),
    ("MUS", 0.05),
    ("UTO", 0.01),
];

/// A holder.
pub(super) struct Holder {
    pub(super) family: String,
    pub(super) given: String,
    pub(super) state: &'static str,
}

/// Deals a holder.
pub(super) fn holder(dice: &mut Dice) -> Holder {
    let state = dice.weighted(&STATES);
    let (given, family) = if state == "TUN" && dice.chance(0.2) {
        let (given, family) = dice.pick(&ARABIC);
        (given.to_owned(), family.to_owned())
    } else {
        let mut given = dice.early(&GIVEN).to_owned();
        if dice.chance(0.3) {
            given = format!("{given} {}", dice.early(&GIVEN));
        }
        (given, family(dice))
    };
    Holder {
        family,
        given,
        state,
    }
}

fn family(dice: &mut Dice) -> String {
    if dice.chance(0.6) {
        let family = dice.early(&FAMILY);
        return if dice.chance(0.05) {
            format!("{family}-{}", dice.early(&FAMILY))
        } else {
            family.to_owned()
        };
    }
    let (beginning, ending) = (dice.pick(&BEGINNINGS), dice.pick(&ENDINGS));
    let middle = dice.pick(&MIDDLES);
    let second = if dice.chance(0.4) {
        dice.pick(&MIDDLES)
    } else {
        ""
    };
    format!("{beginning}{middle}{second}{ending}")
}
