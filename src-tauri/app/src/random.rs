//! Dice: keys, secrets and ids.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Error, Secret};

/// Random bytes from the operating system, wiped when dropped.
pub(crate) fn bytes<const LENGTH: usize>() -> Result<Zeroizing<[u8; LENGTH]>, Error> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// A secret of 32 random bytes, as 43 letters, digits, `-` and `_`.
pub(crate) fn secret() -> Result<Secret, Error> {
    Ok(Secret::new(
        URL_SAFE_NO_PAD.encode(bytes::<32>()?.as_slice()),
    ))
}

/// A text to be typed by hand: `groups` groups of five characters (25 bits each) that cannot be
/// mistaken for one another, with hyphens between.
pub(crate) fn typed(groups: usize) -> Result<Secret, Error> {
    // 32 symbols, so that five bits of a random byte choose one without bias.
    const SYMBOLS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let mut text = String::new();
    for group in 0..groups {
        if group > 0 {
            text.push('-');
        }
        for byte in bytes::<5>()?.iter() {
            let symbol = SYMBOLS.get(usize::from(byte % 32)).copied();
            text.push(char::from(symbol.unwrap_or_default()));
        }
    }
    Ok(Secret::new(text))
}

/// An id that sorts by time of making.
pub(crate) fn id(at: Timestamp) -> Result<Uuid, Error> {
    let millis = u64::try_from(at.0).unwrap_or_default();
    let random = bytes::<10>()?;
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}
