//! Addresses that give one picture or file to whoever has them, for a while.
//!
//! They are for programs that cannot sign in where a picture is fetched, such as the `s3_url` of other
//! systems. An address is made only for a caller who may see the document, names one thing, and ends;
//! nothing in it can be changed without breaking its signature (HMAC-SHA-256 under a key that is derived
//! from one every process of the store has). That what lies in a bucket is sealed is why the
//! program serves these itself, whatever keeps the objects.

use hmac::{Hmac, KeyInit, Mac};
use model::{Caller, DocumentId, Timestamp};
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    App, Error, audit, images,
    permission::{Act, demand},
};

/// The longest that an address is good for, in milliseconds: a week, which is also the longest that
/// S3 allows.
const LONGEST: i64 = 7 * 24 * 60 * 60 * 1000;

/// What an address gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// The file as it was submitted.
    Original,
    /// The first page, small.
    Thumbnail,
    /// A page, counted from 0.
    Page(u32),
}

/// What is served under an address.
#[derive(Debug)]
pub struct Fetched {
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Makes an address that is good for `seconds`: its path and query.
pub fn make(
    app: &App,
    caller: &Caller,
    id: DocumentId,
    linked: Linked,
    seconds: u32,
) -> Result<String, Error> {
    demand(caller, Act::SeeDocument)?;
    // Whoever has the address can look: that is noted when it is made, and again when it is used.
    audit::seen(app, caller, id)?;
    let longest = (i64::from(seconds) * 1000).min(LONGEST);
    let expires = (app.now().0 + longest) / 1000;
    let key = key_text(id, linked);
    let signature = hex::encode(signature(app, &key, expires)?.finalize().into_bytes());
    Ok(format!("/files/{key}?exp={expires}&sig={signature}"))
}

/// Gives what an address names, when it was made here and is still good. Why one is refused is not said.
pub fn fetch(app: &App, key: &str, expires: i64, given: &str) -> Result<Fetched, Error> {
    let given = hex::decode(given).map_err(|_| Error::LinkInvalid)?;
    signature(app, key, expires)?
        .verify_slice(&given)
        .map_err(|_| Error::LinkInvalid)?;
    if app.now() >= Timestamp(expires.saturating_mul(1000)) {
        return Err(Error::LinkInvalid);
    }
    let (id, linked) = parse_key(key).ok_or(Error::LinkInvalid)?;
    if linked != Linked::Thumbnail {
        audit::fetched(app, id)?;
    }
    let (media_type, bytes) = match linked {
        Linked::Original => images::original(app, id)?,
        Linked::Thumbnail => ("image/jpeg".to_owned(), images::thumbnail(app, id)?),
        Linked::Page(page) => ("image/png".to_owned(), images::page(app, id, page, None)?),
    };
    Ok(Fetched { media_type, bytes })
}

fn signature(app: &App, key: &str, expires: i64) -> Result<Hmac<Sha256>, Error> {
    let signing = zeroize::Zeroizing::new(blake3::derive_key(
        "lectern 2026-11 signature of addresses",
        app.inner.naming.bytes(),
    ));
    let hmac = Hmac::<Sha256>::new_from_slice(signing.as_slice());
    let mut hmac = hmac.map_err(|_| Error::Damaged { what: "a key" })?;
    hmac.update(key.as_bytes());
    hmac.update(b"\n");
    hmac.update(expires.to_string().as_bytes());
    Ok(hmac)
}

fn key_text(id: DocumentId, linked: Linked) -> String {
    match linked {
        Linked::Original => format!("{id}-original"),
        Linked::Thumbnail => format!("{id}-thumbnail"),
        Linked::Page(page) => format!("{id}-page-{page}"),
    }
}

fn parse_key(key: &str) -> Option<(DocumentId, Linked)> {
    /// Length of a UUID as text.
    const ID: usize = 36;
    let (id, rest) = key.split_at_checked(ID)?;
    let id = DocumentId(Uuid::parse_str(id).ok()?);
    let linked = match rest {
        "-original" => Linked::Original,
        "-thumbnail" => Linked::Thumbnail,
        _ => Linked::Page(rest.strip_prefix("-page-")?.parse().ok()?),
    };
    Some((id, linked))
}
