//! What every recogniser of lines does, whatever engine stands behind it.

use model::Lattice;

use crate::{
    error::RecogniseError,
    strip::{Strip, StripShape},
};

/// Reads one line of text at a time. An instance belongs to one thread and may keep buffers.
pub trait Recogniser: Send {
    /// Name and version for the reading's `engine`, such as `mrz-4f2a`.
    fn name(&self) -> &str;

    /// The strips it wants.
    fn shape(&self) -> StripShape;

    /// What it sees along the strip. A strip of nothing gives a lattice of blanks, not an error.
    fn recognise(&mut self, strip: &Strip) -> Result<Lattice, RecogniseError>;
}
