//! The chain of directories of a TIFF, one directory to a page (TIFF 6.0 section 2; BigTIFF).

/// Where the pages of a TIFF begin.
pub(super) struct Directories {
    /// Offset of each directory, the first page first.
    pub(super) offsets: Vec<u64>,
    /// Whether the file has more pages than were asked for.
    pub(super) more: bool,
    layout: Layout,
}

#[derive(Clone, Copy)]
struct Layout {
    big: bool,
    big_endian: bool,
}

impl Layout {
    /// A number of `length` bytes.
    fn number(self, bytes: &[u8], at: usize, length: usize) -> Option<u64> {
        let field = bytes.get(at..at.checked_add(length)?)?;
        let accumulate = |value, &byte: &u8| value << 8 | u64::from(byte);
        Some(if self.big_endian {
            field.iter().fold(0, accumulate)
        } else {
            field.iter().rev().fold(0, accumulate)
        })
    }

    /// Where the header names the first directory, and in how many bytes.
    const fn first(self) -> (usize, usize) {
        if self.big { (8, 8) } else { (4, 4) }
    }

    /// The directory that follows the one at `offset`; 0 after the last.
    fn next(self, bytes: &[u8], offset: u64) -> Option<u64> {
        let at = usize::try_from(offset).ok()?;
        let (count_length, entry_length, offset_length) =
            if self.big { (8, 20, 8) } else { (2, 12, 4) };
        let entries = usize::try_from(self.number(bytes, at, count_length)?).ok()?;
        let after = at
            .checked_add(count_length)?
            .checked_add(entries.checked_mul(entry_length)?)?;
        self.number(bytes, after, offset_length)
    }
}

/// Walks the chain up to `limit` pages; a loop or an offset outside the file ends it.
pub(super) fn directories(bytes: &[u8], limit: usize) -> Directories {
    let layout = Layout {
        big: matches!(bytes.get(2..4), Some([0x2b, 0] | [0, 0x2b])),
        big_endian: bytes.first() == Some(&b'M'),
    };
    let (at, length) = layout.first();
    let mut offsets: Vec<u64> = Vec::new();
    let mut more = false;
    let mut next = layout.number(bytes, at, length);
    while let Some(offset) = next.filter(|&offset| offset != 0 && !offsets.contains(&offset)) {
        if offset >= bytes.len() as u64 {
            break;
        }
        if offsets.len() == limit {
            more = true;
            break;
        }
        offsets.push(offset);
        next = layout.next(bytes, offset);
    }
    Directories {
        offsets,
        more,
        layout,
    }
}

impl Directories {
    /// Makes the header of a copy of the file name `offset` as its first directory.
    pub(super) fn point_at(&self, file: &mut [u8], offset: u64) {
        let (at, length) = self.layout.first();
        let Some(field) = file.get_mut(at..at + length) else {
            return;
        };
        if self.layout.big_endian {
            field.copy_from_slice(&offset.to_be_bytes()[8 - length..]);
        } else {
            field.copy_from_slice(&offset.to_le_bytes()[..length]);
        }
    }
}
