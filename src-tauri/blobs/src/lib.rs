//! Put, get and forget bytes by digest, sealed with a key per blob.
