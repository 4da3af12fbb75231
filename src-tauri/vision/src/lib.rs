//! Image bytes in, pages and evidence with boxes out.
//!
//! The way through this crate: [`decode()`] turns an untrusted file into pages, [`locate::bands`]
//! proposes where a machine-readable zone may lie, [`strip::cut`] takes one line of it out of the
//! full-resolution page as a straight strip, and a [`Recogniser`] says what it saw along the strip.
//! [`picture`] makes the pictures that screens show.
//!
//! This crate knows pixels and lines of text. It leaves out what the text means: it has never heard
//! of a passport, and whether a line is a machine-readable zone at all is decided by whoever reads
//! the lattices. It opens no file and reads no clock, and the same bytes give the same answer.

#![forbid(unsafe_code)]

pub mod barcode;
pub mod decode;
pub mod error;
pub mod locate;
pub mod network;
pub mod page;
pub mod picture;
pub mod recognise;
pub mod strip;
pub mod tesseract;
pub mod text;

pub use decode::{
    Decoded, Limits, TextLayer, accept, check_name, decode, decode_locked, is_plain_picture,
    largest, media_type,
};
pub use error::{DecodeError, PictureError, RecogniseError};
pub use recognise::Recogniser;
