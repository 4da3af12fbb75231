//! The machine-readable zone: from what a recogniser saw along its lines to fields with meaning.
//!
//! [`glance`] says whether lines are worth decoding, [`decode()`] finds the characters under the
//! layouts of ICAO Doc 9303 and their national relatives, and [`parse()`] says what they mean. The
//! characters keep what was seen beside what is held to be true, so that a reviewer can tell.

mod alphabet;
mod choose;
mod content;
mod costs;
mod decode;
mod extent;
mod layout;
mod path;
mod solve;
mod unknown;

#[cfg(test)]
mod decode_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod synthesis;

pub use alphabet::{BLIND_CLASSES, check_digit, is_blind_to};
pub use content::{Claim, Content, parse};
pub use decode::{Character, Decoded, Glance, Verdict, decode, glance};
pub use extent::{Extent, as_seen, extent};
pub use layout::{DigitKind, Span};
