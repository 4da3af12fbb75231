//! Text and payloads in, claims about fields out.
//!
//! [`mrz`] is the machine-readable zone from the recogniser's lattices to fields with meaning;
//! [`visual`] is the printed
//! text under the definitions of [`types`]; [`country`], [`dates`], [`names`] and [`personal_number`]
//! are the knowledge they rest on. Nothing
//! here sees a pixel, and nothing here fails: whatever the input, the answer says what was
//! understood and which rules are broken.

#![forbid(unsafe_code)]

pub mod barcode;
pub mod claim;
pub mod country;
pub mod dates;
pub mod error;
pub mod mrz;
pub mod names;
pub mod personal_number;
pub mod plate;
pub mod types;
pub mod vin;
pub mod visual;

pub use claim::Claim;
pub use error::{DefinitionError, DefinitionFault};
