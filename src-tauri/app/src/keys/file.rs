//! Key files: 64 hexadecimal digits that only their owner may read.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use uuid::Uuid;
use zeroize::Zeroizing;

use super::MasterKey;
use crate::Error;

/// Longer than any key file: what is longer was given by mistake.
const LONGEST: u64 = 1024;

/// Where the key file of a store lies.
pub(crate) fn path(config: &Path, store: Uuid) -> PathBuf {
    config.join("keys").join(format!("{store}.key"))
}

/// The key in a file, or none where there is no file.
///
/// A file that others can read is refused: whoever has read it can open every copy of the data.
pub(crate) fn load(path: &Path) -> Result<Option<MasterKey>, Error> {
    let unusable = |source| Error::Path {
        path: path.to_owned(),
        source,
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unusable(error)),
    };
    if is_open_to_others(&file).map_err(unusable)? {
        return Err(Error::KeyFileOpen {
            path: path.to_owned(),
        });
    }
    let mut text = Zeroizing::new(String::new());
    let damaged = || Error::KeyFileDamaged {
        path: path.to_owned(),
    };
    match file.take(LONGEST).read_to_string(&mut text) {
        Ok(_) => MasterKey::from_text(&text).map(Some).ok_or_else(damaged),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(damaged()),
        Err(error) => Err(unusable(error)),
    }
}

/// Writes a key to a new file, with a new directory around it where there is none. Never replaces a file.
pub(crate) fn save(path: &Path, key: &MasterKey) -> Result<(), Error> {
    write_new(path, key).map_err(|source| Error::Path {
        path: path.to_owned(),
        source,
    })
}

/// Gives a file that is no use another name beside its own, and never loses one doing so.
pub(crate) fn set_aside(path: &Path) -> Result<(), Error> {
    let unusable = |source| Error::Path {
        path: path.to_owned(),
        source,
    };
    for number in 1_u32.. {
        let mut aside = path.as_os_str().to_owned();
        aside.push(format!(".set-aside-{number}"));
        // A hard link is the one way to give a name that fails when the name is taken.
        match std::fs::hard_link(path, &aside) {
            Ok(()) => return std::fs::remove_file(path).map_err(unusable),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unusable(error)),
        }
    }
    Ok(())
}

/// Writes a key in the place of the one in a file, whole or not at all.
pub(crate) fn replace(path: &Path, key: &MasterKey) -> Result<(), Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let replaced = match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => write_new(&beside, key)
            .and_then(|()| std::fs::rename(&beside, path))
            .and_then(|()| sync_parent(path)),
    };
    replaced.map_err(|source| Error::Path {
        path: path.to_owned(),
        source,
    })
}

fn write_new(path: &Path, key: &MasterKey) -> std::io::Result<()> {
    if let Some(directory) = path.parent() {
        make_private_directory(directory)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let mut text = key.to_text();
    text.push('\n');
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    sync_parent(path)
}

/// Makes a directory, and those above it, that only the owner may enter.
pub(crate) fn make_private_directory(path: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Flushes the entry that names a file.
pub(crate) fn sync_parent(path: &Path) -> std::io::Result<()> {
    // Elsewhere a directory cannot be opened, and a rename is durable without it.
    #[cfg(unix)]
    if let Some(directory) = path.parent() {
        File::open(directory)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(unix)]
fn is_open_to_others(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &File) -> std::io::Result<bool> {
    // Access lists are inherited from the user's profile, which others cannot enter.
    Ok(false)
}
