//! The list of signers whose signed barcodes are believed: imported by an admin, kept beside the store.
//!
//! The list is public, so the file lies open in the data directory; whoever can change files there can
//! exchange the program as well. Nothing is believed before a list was imported, and none is shipped.

use std::path::PathBuf;

use model::Caller;
pub use read::TrustList;

use crate::{
    App, Error,
    permission::{Act, demand},
};

/// Name of the file in the data directory.
const FILE: &str = "trust-list";

fn path(app: &App) -> PathBuf {
    app.settings().data_dir.join(FILE)
}

/// Takes a list in the place of the one before, and says what is in it.
pub fn import(app: &App, caller: &Caller, bytes: &[u8]) -> Result<TrustList, Error> {
    demand(caller, Act::ChangeTrustList)?;
    let list = TrustList::parse(bytes).map_err(Error::TrustList)?;
    let (path, draft) = (path(app), path(app).with_extension("new"));
    // Under another name first: a list that was written by half must never be the one that is asked.
    std::fs::write(&draft, bytes)
        .and_then(|()| std::fs::rename(&draft, &path))
        .map_err(|source| Error::Path { path, source })?;
    Ok(list)
}

/// The list in use; none before one was imported.
pub fn list(app: &App, caller: &Caller) -> Result<Option<TrustList>, Error> {
    demand(caller, Act::SeeTrustList)?;
    load(app)
}

/// The list for a reading.
pub(crate) fn load(app: &App) -> Result<Option<TrustList>, Error> {
    let path = path(app);
    match std::fs::read(&path) {
        Ok(bytes) => TrustList::parse(&bytes).map(Some).map_err(Error::TrustList),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Path { path, source }),
    }
}
