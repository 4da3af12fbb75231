//! ZIP archives, and the documents that are ZIP archives inside.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::paper::Kind;

/// Most entries of an archive that are looked at.
const ENTRIES: usize = 2000;

/// How much may still be unpacked, in bytes, archives inside archives included.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Budget {
    /// A budget of twice the largest file: what is in a file of pictures and letters is hardly larger
    /// than the file.
    pub(super) const fn new(largest_file: u64) -> Self {
        Self(largest_file.saturating_mul(2))
    }

    /// Whether it is used up.
    pub(super) const fn is_spent(&self) -> bool {
        self.0 == 0
    }

    const fn spend(&mut self, bytes: u64) {
        self.0 = self.0.saturating_sub(bytes);
    }
}

/// An archive in memory.
pub(super) struct Archive<'a> {
    inside: ZipArchive<Cursor<&'a [u8]>>,
}

/// Why an entry gives no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is encrypted.
    Locked,
    /// It would grow beyond every measure.
    TooLarge,
    /// It is damaged, or packed in a way that is not known.
    Damaged,
}

impl<'a> Archive<'a> {
    /// Opens an archive; none where its directory is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !is_modest(bytes) {
            return None;
        }
        let inside = ZipArchive::new(Cursor::new(bytes)).ok()?;
        Some(Self { inside })
    }

    /// Names of its files, in the order of the archive; at most 2000.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.inside.file_names_raw().take(ENTRIES);
        names.map(super::paper::encoding::text).collect()
    }

    /// Whether it has more files than are looked at.
    pub(super) fn has_more(&self) -> bool {
        self.inside.len() > ENTRIES
    }

    /// The bytes of an entry.
    pub(super) fn bytes(&mut self, index: usize, budget: &mut Budget) -> Result<Vec<u8>, Refused> {
        let entry = match self.inside.by_index(index) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(
                zip::result::ZipError::PASSWORD_REQUIRED,
            )) => return Err(Refused::Locked),
            Err(_) => return Err(Refused::Damaged),
        };
        // What its header promises is not believed: it is stopped when it grows beyond the budget.
        let most = budget.0;
        let mut bytes = Vec::new();
        let read = entry.take(most.saturating_add(1)).read_to_end(&mut bytes);
        budget.spend(bytes.len() as u64);
        match read {
            Ok(length) if length as u64 > most => Err(Refused::TooLarge),
            Ok(_) => Ok(bytes),
            Err(_) => Err(Refused::Damaged),
        }
    }

    /// The text of an entry of this name; none where there is none.
    pub(super) fn text(&mut self, name: &str, budget: &mut Budget) -> Option<String> {
        let index = self.inside.index_for_name(name)?;
        let bytes = self.bytes(index, budget).ok()?;
        Some(super::paper::encoding::xml(&bytes))
    }
}

/// Whether the directory is of a size that is worth holding in memory: at most 20 000 entries, in an
/// archive that is not of the kind for more.
fn is_modest(bytes: &[u8]) -> bool {
    const MOST: u16 = 20_000;
    /// The end of the directory is followed by a comment of at most 65 535 bytes.
    const LAST: usize = 22 + 65_535;

    let tail = &bytes[bytes.len().saturating_sub(LAST)..];
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06");
    let count = end.and_then(|end| tail.get(end + 10..end + 12)?.first_chunk::<2>());
    count.is_some_and(|count| u16::from_le_bytes(*count) <= MOST)
}

/// What kind of document an archive is, by what lies in it.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    let Some(mut archive) = Archive::open(bytes) else {
        return Kind::Zip;
    };
    let has = |archive: &Archive<'_>, name: &str| archive.inside.index_for_name(name).is_some();
    for (name, kind) in [
        ("word/document.xml", Kind::Docx),
        ("xl/workbook.xml", Kind::Xlsx),
        ("ppt/presentation.xml", Kind::Pptx),
    ] {
        if has(&archive, name) {
            return kind;
        }
    }
    // Longer than any media type.
    let mut budget = Budget(200);
    match archive
        .text("mimetype", &mut budget)
        .as_deref()
        .map(str::trim)
    {
        Some("application/vnd.oasis.opendocument.text") => Kind::Odt,
        Some("application/vnd.oasis.opendocument.spreadsheet") => Kind::Ods,
        Some("application/vnd.oasis.opendocument.presentation") => Kind::Odp,
        Some("application/epub+zip") => Kind::Epub,
        _ => Kind::Zip,
    }
}
