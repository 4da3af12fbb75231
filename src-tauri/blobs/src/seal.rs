//! How content becomes a sealed object and back.
//!
//! An object is a header followed by chunks. The header is the eight bytes `lectern` and the format
//! number 1, then the 19 bytes of nonce. Each chunk is 64 KiB of content (the last one less)
//! sealed with XChaCha20-Poly1305 in the STREAM construction (Hoang, Reyhanitabar, Rogaway and
//! Vizár 2015), whose counter and last-chunk mark make reordering, repeating and cutting off chunks
//! as visible as a changed bit. The object's name is associated data of every chunk, so an object
//! moved to another name does not open.
//!
//! The nonce is derived from the content by a keyed hash instead of being rolled: sealing the same
//! content with the same key twice gives the same object, so two processes that store the same
//! upload at once cannot disturb each other, and a nonce never meets two different contents.

use aead_stream::{DecryptorBE32, EncryptorBE32, aead::Payload};
use bytes::Bytes;
use chacha20poly1305::XChaCha20Poly1305;

use crate::{DataKey, Error, ObjectName};

const HEADER: [u8; 8] = *b"lectern\x01";

/// 24 bytes of XChaCha20 nonce, less the four of STREAM's counter and the one of its last-chunk mark.
const NONCE_LENGTH: usize = 19;

const TAG_LENGTH: usize = 16;

/// Content bytes in a chunk: large enough that the tags cost nothing, small enough for any cache.
const CHUNK_LENGTH: usize = 64 * 1024;

fn nonce(key: &DataKey, content: &[u8]) -> [u8; NONCE_LENGTH] {
    let nonces = zeroize::Zeroizing::new(blake3::derive_key(
        "lectern 2026-11 blob nonce",
        key.bytes().as_slice(),
    ));
    let mut nonce = [0; NONCE_LENGTH];
    let mut hasher = blake3::Hasher::new_keyed(&nonces);
    hasher.update(content).finalize_xof().fill(&mut nonce);
    nonce
}

/// Length in bytes of the object that content of a length becomes.
pub fn sealed_length(content: u64) -> u64 {
    let chunks = content.div_ceil(CHUNK_LENGTH as u64).max(1);
    (HEADER.len() + NONCE_LENGTH) as u64 + content + chunks * TAG_LENGTH as u64
}

/// Seals content, as the header and one piece per chunk.
pub(crate) fn seal(name: &ObjectName, key: &DataKey, content: &[u8]) -> Result<Vec<Bytes>, Error> {
    let nonce = nonce(key, content);
    let mut pieces = Vec::with_capacity(content.len() / CHUNK_LENGTH + 2);
    pieces.push(Bytes::copy_from_slice(&HEADER));
    pieces.push(Bytes::copy_from_slice(&nonce));

    let mut encryptor =
        EncryptorBE32::<XChaCha20Poly1305>::new(key.bytes().into(), (&nonce).into());
    let aad = name.as_str().as_bytes();
    let mut rest = content;
    // The last chunk holds 0 to CHUNK_LENGTH bytes; only empty content gives an empty one.
    while rest.len() > CHUNK_LENGTH {
        let (msg, after) = rest.split_at(CHUNK_LENGTH);
        let sealed = encryptor.encrypt_next(Payload { msg, aad });
        pieces.push(sealed.map_err(|_| Error::TooLarge)?.into());
        rest = after;
    }
    let sealed = encryptor.encrypt_last(Payload { msg: rest, aad });
    pieces.push(sealed.map_err(|_| Error::TooLarge)?.into());
    Ok(pieces)
}

/// Opens a sealed object; nothing of it is handed out unless all of it is what was sealed.
pub(crate) fn open(name: &ObjectName, key: &DataKey, object: &[u8]) -> Result<Vec<u8>, Error> {
    let rest = object.strip_prefix(&HEADER).ok_or(Error::Altered)?;
    let (nonce, mut rest) = rest
        .split_first_chunk::<NONCE_LENGTH>()
        .ok_or(Error::Altered)?;
    let mut decryptor = DecryptorBE32::<XChaCha20Poly1305>::new(key.bytes().into(), nonce.into());
    let aad = name.as_str().as_bytes();
    let mut content = Vec::with_capacity(rest.len());
    while rest.len() > CHUNK_LENGTH + TAG_LENGTH {
        let (msg, after) = rest.split_at(CHUNK_LENGTH + TAG_LENGTH);
        let opened = decryptor.decrypt_next(Payload { msg, aad });
        content.extend(opened.map_err(|_| Error::Altered)?);
        rest = after;
    }
    let opened = decryptor.decrypt_last(Payload { msg: rest, aad });
    content.extend(opened.map_err(|_| Error::Altered)?);
    Ok(content)
}
