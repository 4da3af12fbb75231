//! Under what a document is looked for by others that may have to do with it.
//!
//! Two documents are compared only where they share a key, so that no search looks at every document.
//! A key is coarse: it survives a slip, a spelling or a misread digit, and says nothing by itself.

use std::collections::BTreeSet;

use super::{Facts, alike::sound};
use crate::settle::spelling::{plain, words};

/// Characters of a number at least before half of it tells anything.
const SHORTEST_HALVED: usize = 6;

/// Numbers of a document, a person or a vehicle.
const NUMBERS: [&str; 4] = ["document_number", "personal_number", "A", "E"];

impl Facts {
    /// The keys of the document, in an order of their own.
    pub fn keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for field in NUMBERS {
            for value in self.said(field) {
                number(value, &mut keys);
            }
        }
        let births: BTreeSet<&str> = self.said("date_of_birth").collect();
        let given: Vec<String> = self.said("given_names").flat_map(sounds).collect();
        for surname in self.said("surname").flat_map(sounds) {
            keys.extend(births.iter().map(|birth| format!("born {birth} {surname}")));
            keys.extend(given.first().map(|given| format!("name {surname} {given}")));
        }
        // A surname that was misheard or changed by marriage.
        for birth in &births {
            keys.extend(
                given
                    .first()
                    .map(|given| format!("born {birth} called {given}")),
            );
        }
        // Backs of licences name nobody: what they share with their fronts is the end of their validity.
        let sided = self.side.is_some();
        for expiry in self.said("date_of_expiry") {
            if sided || self.has_sides {
                let family = self.kind.map_or("", model::DocumentKind::as_str);
                keys.insert(format!("until {expiry} {family}"));
            }
            // Of some sides nothing tells the family.
            if self.has_sides || super::is_unknown(self) {
                keys.insert(format!("until {expiry}"));
            }
        }
        keys
    }
}

/// The number as a whole, and each half with its place: one slip leaves a half whole.
fn number(value: &str, keys: &mut BTreeSet<String>) {
    let folded: String = plain(value).chars().map(shape).collect();
    let characters: Vec<char> = folded.chars().collect();
    if characters.len() >= SHORTEST_HALVED {
        let (head, tail) = characters.split_at(characters.len() / 2);
        keys.insert(format!("number {}…", head.iter().collect::<String>()));
        keys.insert(format!("number …{}", tail.iter().collect::<String>()));
        // Where a character was lost, the halves lie elsewhere.
        let end: String = characters.iter().skip(characters.len() - 4).collect();
        keys.insert(format!("number …{end}"));
    }
    if !folded.is_empty() {
        keys.insert(format!("number {folded}"));
    }
}

/// Characters that readers mix up are one.
const fn shape(one: char) -> char {
    match one {
        'O' | 'Q' | 'D' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'A' => '4',
        'S' => '5',
        'G' => '6',
        'T' => '7',
        'B' => '8',
        other => other,
    }
}

/// What each word of a name sounds like; of a word in another script, the word.
fn sounds(name: &str) -> Vec<String> {
    let heard = |word: &String| sound(word).unwrap_or_else(|| word.clone());
    words(name).iter().map(heard).collect()
}
