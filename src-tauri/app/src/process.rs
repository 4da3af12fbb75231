//! The mark of a running process in the data directory, so that others see when it is gone.
//!
//! Each process holds a locked file under its own random id for as long as it lives. The system drops
//! the lock however the process ends. Whoever opens the store next finds the file unlocked and knows
//! that the leases of that process will never be renewed: what it was reading goes on at once instead
//! of after the lease has run out. Machines that share only a database have no such marks, and wait.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
};

use uuid::Uuid;

use crate::{Error, keys::file::make_private_directory};

/// Where the marks lie in the data directory.
const FOLDER: &str = "processes";

/// The mark of this process.
#[derive(Debug)]
pub(crate) struct ProcessMark {
    id: String,
    path: PathBuf,
    /// Holds the lock.
    _file: File,
}

impl ProcessMark {
    /// Sets the mark. Call it under the lock of the data directory.
    pub(crate) fn set(data: &Path, id: Uuid) -> Result<Self, Error> {
        let folder = data.join(FOLDER);
        let path = folder.join(id.to_string());
        let file = make_private_directory(&folder)
            .and_then(|()| File::create(&path))
            .and_then(|file| file.lock().map(|()| file));
        match file {
            Ok(file) => Ok(Self {
                id: id.to_string(),
                path,
                _file: file,
            }),
            Err(source) => Err(Error::Path { path, source }),
        }
    }

    /// The id under which this process takes leases.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for ProcessMark {
    fn drop(&mut self) {
        // A mark that stays behind is swept by the next process.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Calls `gone` with the id of every process that ended without removing its mark, then removes it.
/// Call it under the lock of the data directory.
pub(crate) fn sweep(
    data: &Path,
    mut gone: impl FnMut(&str) -> Result<(), Error>,
) -> Result<(), Error> {
    let folder = data.join(FOLDER);
    let unusable = |source| Error::Path {
        path: folder.clone(),
        source,
    };
    make_private_directory(&folder).map_err(unusable)?;
    for entry in std::fs::read_dir(&folder).map_err(unusable)? {
        let entry = entry.map_err(unusable)?;
        let name = entry.file_name();
        let Some(id) = name.to_str().filter(|name| Uuid::parse_str(name).is_ok()) else {
            continue;
        };
        // A process that ends right now removes its own mark under our eyes.
        let Ok(file) = File::open(entry.path()) else {
            continue;
        };
        match file.try_lock() {
            Ok(()) => {
                gone(id)?;
                let _ = std::fs::remove_file(entry.path());
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
    }
    Ok(())
}

/// Whether any process has the store of a data directory open. Call it under the lock of the data
/// directory, so that none can open it meanwhile.
pub(crate) fn is_any_alive(data: &Path) -> Result<bool, Error> {
    let folder = data.join(FOLDER);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(source) => {
            return Err(Error::Path {
                path: folder,
                source,
            });
        }
    };
    for entry in entries.flatten() {
        // One that ends right now removes its own mark under our eyes.
        if let Ok(file) = File::open(entry.path())
            && matches!(file.try_lock(), Err(TryLockError::WouldBlock))
        {
            return Ok(true);
        }
    }
    Ok(false)
}
