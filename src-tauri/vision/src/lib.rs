//! Image bytes in, pages and evidence with boxes out.
