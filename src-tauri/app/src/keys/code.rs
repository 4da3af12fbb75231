//! The recovery code: what a person writes down when a store is made, and types when all else is lost.
//!
//! The code is not the master key itself, which would be twice as long and could not be replaced
//! without sealing everything anew. It opens a wrapped copy of the master key that lies in
//! `store.json` beside the data, and in every backup. So a copy of the data and the code
//! together open the store on any machine; either of them alone opens nothing.
//!
//! 26 symbols carry 130 random bits, which nobody can try through, so that they need no slow
//! stretching; two more are a check digit each, so that one slip of the pen in a thousand goes
//! unnoticed. The symbols are those that nobody mistakes for one another.

use zeroize::Zeroizing;

use super::MasterKey;
use crate::{Error, Secret, random};

/// No `i`, `l`, `o` and `1`.
const SYMBOLS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Symbols that are drawn.
const DRAWN: usize = 26;

/// All symbols, with the two that prove the others.
const LENGTH: usize = DRAWN + 2;

/// Symbols between two hyphens.
const GROUP: usize = 4;

/// A recovery code.
#[derive(Clone)]
pub(crate) struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    pub(crate) fn random() -> Result<Self, Error> {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH));
        for byte in random::bytes::<DRAWN>()?.iter() {
            // 32 symbols, so that five bits of a random byte choose one without bias.
            text.push(symbol(*byte));
        }
        let check = check(&text);
        text.extend(check);
        Ok(Self(text))
    }

    /// Takes a code as it was typed: in capitals or not, with any hyphens and spaces.
    pub(crate) fn parse(typed: &str) -> Result<Self, Error> {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH));
        let typed = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
        for character in typed.take(LENGTH + 1) {
            text.push(character.to_ascii_lowercase());
        }
        let known = text.bytes().all(|byte| SYMBOLS.contains(&byte));
        if !known || text.len() != LENGTH {
            return Err(Error::RecoveryCodeMistyped);
        }
        let drawn = text.get(..DRAWN).unwrap_or_default();
        if text.chars().skip(DRAWN).ne(check(drawn)) {
            return Err(Error::RecoveryCodeMistyped);
        }
        Ok(Self(text))
    }

    /// The code in groups, to be written down.
    pub(crate) fn to_secret(&self) -> Secret {
        let mut text = String::with_capacity(LENGTH + LENGTH / GROUP);
        for (at, character) in self.0.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(character);
        }
        Secret::new(text)
    }

    /// The key that the code stands for.
    pub(crate) fn key(&self) -> MasterKey {
        let key = blake3::derive_key("lectern 2026-11 recovery code", self.0.as_bytes());
        MasterKey::from_bytes(Zeroizing::new(key))
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("RecoveryCode")
    }
}

fn symbol(byte: u8) -> char {
    let symbol = SYMBOLS.get(usize::from(byte % 32)).copied();
    char::from(symbol.unwrap_or_default())
}

/// The symbols that prove the ones before them.
fn check(drawn: &str) -> [char; LENGTH - DRAWN] {
    let hash = blake3::derive_key("lectern 2026-11 recovery code check", drawn.as_bytes());
    [symbol(hash[0]), symbol(hash[1])]
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, RecoveryCode, SYMBOLS};

    #[test]
    fn a_code_is_taken_however_it_is_typed() {
        let code = RecoveryCode::random().unwrap();
        let written = code.to_secret().expose().to_owned();
        assert_eq!(written.len(), LENGTH + 6, "seven groups of four");
        for typed in [
            written.clone(),
            written.to_uppercase(),
            written.replace('-', " "),
            format!("  {}\n", written.replace('-', "")),
        ] {
            assert_eq!(RecoveryCode::parse(&typed).unwrap().0, code.0);
        }
    }

    #[test]
    fn slips_of_the_pen_are_noticed() {
        let code = RecoveryCode::random().unwrap();
        let mut unnoticed = 0;
        for at in 0..LENGTH {
            for other in SYMBOLS {
                let mut typed = code.0.as_bytes().to_vec();
                if typed[at] == *other {
                    continue;
                }
                typed[at] = *other;
                let typed = String::from_utf8(typed).unwrap();
                unnoticed += usize::from(RecoveryCode::parse(&typed).is_ok());
            }
        }
        // 868 slips, of which one in 1024 goes unnoticed.
        assert!(unnoticed < 10, "{unnoticed}");
        let written = code.to_secret();
        for typed in ["", "abcd", &written.expose()[1..], "oooo-llll"] {
            assert!(RecoveryCode::parse(typed).is_err(), "{typed}");
        }
    }
}
