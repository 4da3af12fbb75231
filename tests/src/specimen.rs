//! Invented specimens: persons, machine-readable zones, whole documents and single text lines,
//! drawn from a seed.
//!
//! Everything here is a pure function of its seed. Only the four basic operations, square roots and
//! integer arithmetic touch a pixel, so that the same seed gives the same picture on every machine;
//! sines come from [`plane::sine`] for the same reason. Nothing here reads a real person's data, and
//! nothing here reads a document: that is what the program under test is for.

pub mod dice;
pub mod line;
pub mod mrz;
pub mod plane;
