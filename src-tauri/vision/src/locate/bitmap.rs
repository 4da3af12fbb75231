//! Pictures of one bit a pixel, sixty-four pixels to a word.

use super::plane::Plane;

/// Marked pixels. Every row has spare words at its end, so that a mark may be smeared over the
/// right border and drawn back again.
#[derive(Debug, Clone)]
pub(super) struct Bitmap {
    width: usize,
    words: usize,
    bits: Vec<u64>,
}

/// Pixels beyond the right border that a smear may reach.
const SPARE: usize = 64;

/// A horizontal run of marked pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) y: u32,
    pub(super) from: u32,
    /// One past the last pixel.
    pub(super) to: u32,
}

impl Bitmap {
    /// Marks what is greater than the threshold.
    pub(super) fn above(plane: &Plane, threshold: u8) -> Self {
        let words = (plane.width + SPARE).div_ceil(64);
        let mut bits = vec![0; words * plane.height];
        if plane.width > 0 {
            for (target, row) in bits
                .chunks_exact_mut(words)
                .zip(plane.pixels.chunks_exact(plane.width))
            {
                let (whole, rest) = row.as_chunks::<64>();
                for (word, pixels) in target.iter_mut().zip(whole) {
                    *word = packed(pixels, threshold);
                }
                if !rest.is_empty() {
                    let mut last = [0; 64];
                    last[..rest.len()].copy_from_slice(rest);
                    target[whole.len()] = packed(&last, threshold);
                }
            }
        }
        Self {
            width: plane.width,
            words,
            bits,
        }
    }

    /// Smears every mark to the right over `length` pixels, itself included.
    fn dilate_rows(&mut self, length: usize) {
        for row in self.bits.chunks_exact_mut(self.words) {
            for shift in doublings(length) {
                let mut carry = 0;
                for word in row.iter_mut() {
                    let here = *word;
                    *word |= here << shift | carry;
                    carry = here >> (64 - shift);
                }
            }
        }
    }

    /// Keeps the marks that begin a run of at least `length`.
    fn erode_rows(&mut self, length: usize) {
        for row in self.bits.chunks_exact_mut(self.words) {
            for shift in doublings(length) {
                let mut carry = 0;
                for word in row.iter_mut().rev() {
                    let here = *word;
                    *word &= here >> shift | carry;
                    carry = here << (64 - shift);
                }
            }
        }
    }

    /// Smears every mark downwards over `length` pixels.
    fn dilate_columns(&mut self, length: usize) {
        for shift in doublings(length) {
            let before = self.bits.clone();
            if let Some(below) = self.bits.get_mut(shift * self.words..) {
                for (word, above) in below.iter_mut().zip(&before) {
                    *word |= above;
                }
            }
        }
    }

    /// Keeps the marks that have `length` marks from themselves downwards.
    fn erode_columns(&mut self, length: usize) {
        for shift in doublings(length) {
            let before = self.bits.clone();
            let below = before.get(shift * self.words..).unwrap_or_default();
            let (kept, lost) = self.bits.split_at_mut(below.len());
            for (word, below) in kept.iter_mut().zip(below) {
                *word &= below;
            }
            lost.fill(0);
        }
    }

    /// Fills gaps in rows of fewer than `length` pixels.
    pub(super) fn close_rows(&mut self, length: usize) {
        let length = length.min(SPARE);
        self.dilate_rows(length);
        self.erode_rows(length);
    }

    /// Removes what does not hold a rectangle of this size.
    pub(super) fn open(&mut self, width: usize, height: usize) {
        let width = width.min(SPARE);
        self.erode_rows(width);
        self.erode_columns(height);
        self.dilate_rows(width);
        self.dilate_columns(height);
    }

    /// Unmarks `other`, grown by a pixel on all sides.
    fn remove(&mut self, other: &Self) {
        let mut grown = other.clone();
        grown.dilate_rows(2);
        grown.dilate_columns(2);
        // The growth went right and down; reading one row down and one pixel right makes it even.
        let last = grown.bits.len() - self.words;
        let rows = self.bits.chunks_exact_mut(self.words);
        for (y, row) in rows.enumerate() {
            let here = y * self.words;
            let upper = &grown.bits[here..here + self.words];
            let below = (here + self.words).min(last);
            let lower = &grown.bits[below..below + self.words];
            let mut carry = 0;
            for ((word, &a), &b) in row.iter_mut().zip(upper).zip(lower).rev() {
                let mask = a | b;
                *word &= !(mask | mask >> 1 | carry);
                carry = mask << 63;
            }
        }
    }

    /// Unmarks strokes that run on for `length` pixels along a row or a column: rules, frames.
    pub(super) fn without_rules(&mut self, length: usize) {
        if self.bits.is_empty() {
            return;
        }
        let mut across = self.clone();
        across.erode_rows(length);
        across.dilate_rows(length);
        let mut down = self.clone();
        down.erode_columns(length);
        down.dilate_columns(length);
        self.remove(&across);
        self.remove(&down);
    }

    fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for (y, row) in self.bits.chunks_exact(self.words).enumerate() {
            let mut at = 0;
            while let Some(from) = next(row, at, false) {
                let to = next(row, from, true).unwrap_or(row.len() * 64);
                if from < self.width {
                    runs.push(Run {
                        y: y as u32,
                        from: from as u32,
                        to: to.min(self.width) as u32,
                    });
                }
                at = to;
            }
        }
        runs
    }

    /// The connected pieces, each as its runs from top to bottom. Pixels touch along their sides.
    pub(super) fn components(&self) -> Vec<Vec<Run>> {
        let runs = self.runs();
        let mut parents: Vec<usize> = (0..runs.len()).collect();
        let mut above = 0;
        for index in 0..runs.len() {
            let run = runs[index];
            while above < index
                && (runs[above].y + 1 < run.y
                    || (runs[above].y + 1 == run.y && runs[above].to <= run.from))
            {
                above += 1;
            }
            let mut touching = above;
            while touching < index && runs[touching].y + 1 == run.y && runs[touching].from < run.to
            {
                let (a, b) = (root(&mut parents, touching), root(&mut parents, index));
                parents[a.max(b)] = a.min(b);
                touching += 1;
            }
        }
        let mut slots = vec![usize::MAX; runs.len()];
        let mut components: Vec<Vec<Run>> = Vec::new();
        for (index, run) in runs.iter().enumerate() {
            let root = root(&mut parents, index);
            if slots[root] == usize::MAX {
                slots[root] = components.len();
                components.push(Vec::new());
            }
            components[slots[root]].push(*run);
        }
        components
    }
}

/// Shifts that grow a window of one to `length`: each doubles it, the last makes up the rest. All
/// stay below a word for windows of up to 128.
fn doublings(length: usize) -> impl Iterator<Item = usize> {
    let length = length.min(128);
    let mut done = 1;
    std::iter::from_fn(move || {
        (done < length).then(|| {
            let shift = done.min(length - done);
            done += shift;
            shift
        })
    })
}

/// One bit for every pixel greater than the threshold, the first lowest.
fn packed(pixels: &[u8; 64], threshold: u8) -> u64 {
    let mut flags = [0_u8; 64];
    for (flag, &pixel) in flags.iter_mut().zip(pixels) {
        *flag = u8::from(pixel > threshold);
    }
    flags.as_chunks().0.iter().rev().fold(0, |word, &eight| {
        // The factor moves the flag of byte n to bit 56 + n, each by a way of its own.
        let bits = u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word << 8 | bits
    })
}

fn root(parents: &mut [usize], mut index: usize) -> usize {
    while parents[index] != index {
        parents[index] = parents[parents[index]];
        index = parents[index];
    }
    index
}

/// The first pixel at or after `at` that is marked, or with `unmarked` the first that is not.
fn next(row: &[u64], at: usize, unmarked: bool) -> Option<usize> {
    let flip = if unmarked { u64::MAX } else { 0 };
    let mut index = at / 64;
    let mut word = (row.get(index)? ^ flip) & (u64::MAX << (at % 64));
    while word == 0 {
        index += 1;
        word = row.get(index)? ^ flip;
    }
    Some(index * 64 + word.trailing_zeros() as usize)
}
