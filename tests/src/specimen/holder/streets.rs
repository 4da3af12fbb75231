//! Invented addresses: common words for streets, in the order of each region.

use super::State;
use super::states::Region;
use crate::specimen::dice::Dice;

impl State {
    /// Street with number, then postcode and town, as the state's letters have them.
    pub fn address(&self, dice: &mut Dice) -> [String; 2] {
        let number = dice.number(1, 248);
        let town = self.place(dice);
        let street = match self.region {
            Region::French | Region::Maghreb => format!(
                "{number} {} {}",
                dice.word(&["RUE", "RUE", "AVENUE", "BOULEVARD", "IMPASSE", "ALLÉE"]),
                dice.word(&[
                    "DES ROITELETS",
                    "DU MOULIN",
                    "DE LA FONTAINE",
                    "DES ÉCOLES",
                    "VICTOR BASCH",
                    "DES TILLEULS",
                    "DE L'ÉGLISE",
                    "SAINT-MARTIN",
                ])
            ),
            Region::German | Region::Dutch | Region::Nordic => format!(
                "{}{} {number}",
                dice.word(&[
                    "Linden", "Berg", "Kirch", "Garten", "Mühlen", "Wald", "Birken"
                ]),
                match self.region {
                    Region::German => dice.word(&["straße", "weg", "gasse", "allee"]),
                    Region::Dutch => dice.word(&["straat", "laan", "weg", "plein"]),
                    _ => dice.word(&["gatan", "vägen", "veien", "vej"]),
                }
            ),
            Region::Iberian => format!(
                "{} {} {number}",
                dice.word(&["C.", "AVDA.", "RUA", "PLAZA"]),
                dice.word(&[
                    "MAYOR",
                    "DEL CARMEN",
                    "DAS FLORES",
                    "REAL",
                    "DE LA FUENTE",
                    "DO SOL"
                ])
            ),
            Region::Italian => format!(
                "{} {} {number}",
                dice.word(&["VIA", "VIA", "VIALE", "PIAZZA", "CORSO"]),
                dice.word(&[
                    "DEI MILLE",
                    "GARIBALDI",
                    "DELLA QUERCIA",
                    "SAN ROCCO",
                    "ROMA"
                ])
            ),
            Region::Romanian => format!(
                "Str. {} nr.{number}",
                dice.word(&[
                    "Teiului",
                    "Mihai Viteazul",
                    "Florilor",
                    "Câmpului",
                    "Ştefan cel Mare"
                ])
            ),
            Region::Slavic | Region::Turkish | Region::Asian => format!(
                "{} {number}",
                dice.word(&[
                    "LIPOWA",
                    "NÁDRAŽNÍ",
                    "DŁUGA",
                    "ŠKOLSKÁ",
                    "VRTNA",
                    "LIMAN",
                    "PARK"
                ])
            ),
            Region::English | Region::Anywhere => format!(
                "{number} {} {}",
                dice.word(&[
                    "MILL", "CHURCH", "HARBOUR", "ORCHARD", "STATION", "VICTORIA"
                ]),
                dice.word(&["ROAD", "LANE", "STREET", "CLOSE", "TERRACE"])
            ),
        };
        let digits = match self.code {
            "BEL" | "AUT" | "LUX" | "CHE" | "TUN" | "HUN" | "DNK" => 4,
            "ROU" => 6,
            _ => 5,
        };
        let code = format!(
            "{}{}",
            dice.symbol("1234567"),
            dice.symbols("0123456789", digits - 1)
        );
        [street, format!("{code} {town}")]
    }
}
