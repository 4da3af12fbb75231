//! Pictures of one bit a pixel, sixty-four pixels to a word.

use super::plane::Plane;

/// Marked pixels. Every row has spare words at its end, so that a mark may be smeared over the
/// right border and drawn back again.
#[derive(Debug, Clone)]
pub(super) struct Bitmap {
    pub(super) width: usize,
    pub(super) height: usize,
    words: usize,
    bits: Vec<u64>,
}

/// Pixels beyond the right border that a smear may reach.
const SPARE: usize = 192;

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
                for (word, pixels) in target.iter_mut().zip(row.chunks(64)) {
                    *word = pixels.iter().enumerate().fold(0, |word, (index, &value)| {
                        word | u64::from(value > threshold) << index
                    });
                }
            }
        }
        Self {
            width: plane.width,
            height: plane.height,
            words,
            bits,
        }
    }

    /// Smears every mark to the right over `length` pixels, itself included.
    fn dilate_rows(&mut self, length: usize) {
        let mut done = 1;
        while done < length {
            let shift = done.min(length - done);
            let (words, bits) = (shift / 64, shift % 64);
            for row in self.bits.chunks_exact_mut(self.words) {
                for index in (words..row.len()).rev() {
                    let mut moved = row[index - words] << bits;
                    if bits > 0 && index > words {
                        moved |= row[index - words - 1] >> (64 - bits);
                    }
                    row[index] |= moved;
                }
            }
            done += shift;
        }
    }

    /// Keeps the marks that begin a run of at least `length`.
    fn erode_rows(&mut self, length: usize) {
        let mut done = 1;
        while done < length {
            let shift = done.min(length - done);
            let (words, bits) = (shift / 64, shift % 64);
            for row in self.bits.chunks_exact_mut(self.words) {
                for index in 0..row.len() {
                    let mut moved = row.get(index + words).map_or(0, |word| word >> bits);
                    if bits > 0 {
                        moved |= row
                            .get(index + words + 1)
                            .map_or(0, |word| word << (64 - bits));
                    }
                    row[index] &= moved;
                }
            }
            done += shift;
        }
    }

    /// Smears every mark downwards over `length` pixels.
    fn dilate_columns(&mut self, length: usize) {
        let mut done = 1;
        while done < length {
            let shift = done.min(length - done) * self.words;
            for at in (shift..self.bits.len()).rev() {
                self.bits[at] |= self.bits[at - shift];
            }
            done += shift / self.words;
        }
    }

    /// Keeps the marks that have `length` marks from themselves downwards.
    fn erode_columns(&mut self, length: usize) {
        let mut done = 1;
        while done < length {
            let shift = done.min(length - done) * self.words;
            for at in 0..self.bits.len() {
                let below = self.bits.get(at + shift).copied().unwrap_or(0);
                self.bits[at] &= below;
            }
            done += shift / self.words;
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
        let words = self.words;
        for y in 0..self.height {
            // The growth went right and down; one step back to the left and up makes it even.
            let below = if y + 1 < self.height { y + 1 } else { y };
            for index in 0..words {
                let mut mask = 0;
                for row in [y, below] {
                    let word = grown.bits[row * words + index];
                    let next = if index + 1 < words {
                        grown.bits[row * words + index + 1]
                    } else {
                        0
                    };
                    mask |= word | word >> 1 | next << 63;
                }
                self.bits[y * words + index] &= !mask;
            }
        }
    }

    /// Unmarks strokes that run on for `length` pixels along a row or a column: rules, frames.
    pub(super) fn without_rules(&mut self, length: usize) {
        let mut across = self.clone();
        across.erode_rows(length);
        across.dilate_rows(length.min(SPARE));
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
