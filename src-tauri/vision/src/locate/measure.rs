//! Measuring a line: where exactly its centre runs, how high its capitals are, how its strokes
//! repeat.

use super::{
    lines::{Curve, FrameLine, Piece, StrokeMap},
    plane::Plane,
};

/// Aspect of a line, width by capital height. OCR-B has a pitch of 2.54 mm and capitals of 2.4 mm
/// (ISO 1073-2 size I), so 30 characters have 32 and 44 have 47; measured heights are off by up to
/// half at low resolution.
const ASPECTS: std::ops::RangeInclusive<f32> = 16.0..=80.0;

/// How far the smoothed profile carries an edge outwards at the threshold used, in pixels: 0.28 for a
/// sharp edge, and as much again for the blur of reducing or enlarging. Reading drawn photographs was
/// best at this value.
const SPREAD: f32 = 0.5;

/// Measures a piece of strokes; none where it is no line of text.
pub(super) fn measured(piece: &Piece, map: &StrokeMap) -> Option<FrameLine> {
    let size = map.size;
    let (left, right) = (piece.left, piece.right());
    let width = (right - left) as f32;
    if width < 14.0 * piece.thickness.min(size) || width < 90.0 {
        return None;
    }
    let reach = (size * 1.7).max(piece.thickness * 1.3).ceil() as usize;
    let band = Band::straightened(&map.strokes, &piece.curve, left, right, reach);
    let (top, bottom) = band.extent(0..right - left)?;
    let height = bottom - top;
    if height < 3.5 || height > size * 1.7 || height < size * 0.3 {
        return None;
    }
    if !ASPECTS.contains(&(width / height)) {
        return None;
    }
    let mut curve = piece.curve;
    curve.constant += f32::midpoint(top, bottom);
    let rhythm = band.rhythm(top, bottom, height);
    Some(FrameLine {
        left: left as f32,
        right: right as f32,
        curve,
        height_left: height,
        height_right: height,
        regularity: rhythm.regularity,
        characters: rhythm.characters,
        empty: rhythm.empty,
    })
}

/// Measures a line again between other ends: lays the centreline where the rows are sharpest, and
/// takes height and taper from there. The line as it was where nothing can be measured.
pub(super) fn refined(line: &FrameLine, left: f32, right: f32, strokes: &Plane) -> FrameLine {
    let height = line.height();
    let left_column = (left.max(0.0) as usize).min(strokes.width.saturating_sub(2));
    let right_column = (right.ceil().max(0.0) as usize).clamp(left_column + 1, strokes.width);
    let mut curve = line.curve.moved(f32::midpoint(left, right));
    let reach = (height * 1.1).ceil() as usize + 2;
    let mut found = None;
    for _ in 0..2 {
        let band = Band::straightened(strokes, &curve, left_column, right_column, reach);
        band.sharpen(&mut curve, height);
        let band = Band::straightened(strokes, &curve, left_column, right_column, reach);
        let Some((top, bottom)) = band.extent(0..band.width) else {
            break;
        };
        curve.constant += f32::midpoint(top, bottom);
        found = Some((band, top, bottom));
    }
    let mut refined = FrameLine {
        left,
        right,
        ..line.clone()
    };
    let Some((band, top, bottom)) = found else {
        return refined;
    };
    let measured = bottom - top;
    // A height far from the first one has caught a neighbour or lost half of the letters.
    if (0.7..1.4).contains(&(measured / height)) {
        refined.curve = curve;
        let (height_left, height_right) = band.taper(measured).unwrap_or((measured, measured));
        refined.height_left = height_left;
        refined.height_right = height_right;
        let rhythm = band.rhythm(top, bottom, measured);
        refined.regularity = rhythm.regularity;
        refined.characters = rhythm.characters;
        refined.empty = rhythm.empty;
    }
    refined
}

/// Strokes along a centreline, with the centreline laid straight.
struct Band {
    /// Rows above and below the centreline.
    reach: usize,
    width: usize,
    /// `2 · reach + 1` rows of `width`.
    strokes: Vec<u8>,
}

impl Band {
    fn straightened(
        strokes: &Plane,
        curve: &Curve,
        left: usize,
        right: usize,
        reach: usize,
    ) -> Self {
        let width = right - left;
        let rows = 2 * reach + 1;
        let mut band = vec![0; rows * width];
        let tops: Vec<isize> = (left..right)
            .map(|x| (curve.at(x as f32 + 0.5) - 0.5).round() as isize - reach as isize)
            .collect();
        // Row by row, so that neighbours in memory are written one after the other.
        for (row, target) in band.chunks_exact_mut(width.max(1)).enumerate() {
            for ((target, &top), x) in target.iter_mut().zip(&tops).zip(left..) {
                if let Ok(y) = usize::try_from(top + row as isize)
                    && y < strokes.height
                {
                    *target = strokes.pixels[y * strokes.width + x];
                }
            }
        }
        Self {
            reach,
            width,
            strokes: band,
        }
    }

    /// Changes the centreline's slope and bend so that the rows become sharpest.
    ///
    /// The sum of squares of the row sums is largest when heads and feet of all letters fall into
    /// the same rows. Unlike a fit through centres of gravity it does not care which letters stand
    /// high or low in their box. A bend must earn its place: the straight line wins a near draw.
    fn sharpen(&self, curve: &mut Curve, height: f32) {
        let block = ((height / 2.0) as usize).max(2);
        let rows = 2 * self.reach + 1;
        let blocks: Vec<Vec<f32>> = (0..self.width / block)
            .map(|index| {
                self.strokes
                    .chunks_exact(self.width)
                    .map(|row| {
                        let part = &row[index * block..(index + 1) * block];
                        part.iter().map(|&stroke| u32::from(stroke)).sum::<u32>() as f32
                    })
                    .collect()
            })
            .collect();
        if blocks.len() < 8 {
            return;
        }
        let half = blocks.len() as f32 / 2.0;
        let mut sums = vec![0.0_f32; rows];
        // `tilt` and `sag` are the shifts of the right end and of both ends, in rows.
        let mut sharpness = |tilt: f32, sag: f32| {
            sums.fill(0.0);
            for (index, rows) in blocks.iter().enumerate() {
                let along = (index as f32 + 0.5 - half) / half;
                let shift = tilt * along + sag * (along * along - 1.0 / 3.0);
                let whole = shift.floor();
                let share = shift - whole;
                let whole = whole as isize;
                for (row, sum) in sums.iter_mut().enumerate() {
                    let at = |row: isize| {
                        usize::try_from(row)
                            .ok()
                            .and_then(|row| rows.get(row))
                            .copied()
                            .unwrap_or(0.0)
                    };
                    let row = row as isize + whole;
                    *sum += at(row) * (1.0 - share) + at(row + 1) * share;
                }
            }
            sums.iter().map(|sum| sum * sum).sum::<f32>()
        };
        let current_sag = curve.bend * (self.width as f32 / 2.0).powi(2);
        let (mut tilt, mut sag) = (0.0_f32, 0.0_f32);
        let mut best = sharpness(0.0, 0.0);
        // Shifts are relative to the present curve, so taking its bend back makes it straight.
        let straight = sharpness(0.0, -current_sag);
        if straight > best * 0.99 {
            (best, sag) = (straight, -current_sag);
        }
        let mut step = height * 0.25;
        while step > 0.2 {
            let mut moved = false;
            for (tilt_step, sag_step) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                let tried = sharpness(tilt + tilt_step, sag + sag_step);
                let needed = if sag_step == 0.0 { 1.0005 } else { 1.004 };
                if tried > best * needed {
                    best = tried;
                    tilt += tilt_step;
                    sag += sag_step;
                    moved = true;
                }
            }
            if !moved {
                step /= 2.0;
            }
        }
        let half_width = self.width as f32 / 2.0;
        curve.slope += tilt / half_width;
        curve.bend += sag / (half_width * half_width);
        curve.constant -= sag / 3.0;
    }

    /// Upper and lower edge of the letters in these columns, relative to the centreline: where the
    /// sum of the strokes rises past a third of its level inside the line.
    fn extent(&self, columns: std::ops::Range<usize>) -> Option<(f32, f32)> {
        let sums: Vec<f32> = self
            .strokes
            .chunks_exact(self.width)
            .map(|row| {
                row[columns.clone()]
                    .iter()
                    .map(|&s| u32::from(s))
                    .sum::<u32>() as f32
            })
            .collect();
        let profile: Vec<f32> = (0..sums.len())
            .map(|row| {
                let at = |row: usize| sums.get(row).copied().unwrap_or(0.0);
                at(row.wrapping_sub(1)) * 0.25 + at(row) * 0.5 + at(row + 1) * 0.25
            })
            .collect();
        let near = self.reach / 2;
        let mut inside = profile[self.reach - near..=self.reach + near].to_vec();
        let rank = inside.len() * 4 / 5;
        let (_, &mut level, _) = inside.select_nth_unstable_by(rank, f32::total_cmp);
        let threshold = level * 0.36;
        if threshold <= 0.0 {
            return None;
        }
        // From the strongest row near the centre outwards, to the crossing between two rows.
        let start = (self.reach - near..=self.reach + near)
            .max_by(|&a, &b| profile[a].total_cmp(&profile[b]))?;
        let crossing = |inner: f32, outer: f32| (inner - threshold) / (inner - outer).max(1e-3);
        let top = (1..=start)
            .rev()
            .find(|&row| profile[row - 1] < threshold)
            .map(|row| row as f32 - crossing(profile[row], profile[row - 1]))?;
        let bottom = (start..profile.len() - 1)
            .find(|&row| profile[row + 1] < threshold)
            .map(|row| row as f32 + crossing(profile[row], profile[row + 1]))?;
        let centre = self.reach as f32;
        Some((top - centre + SPREAD, bottom - centre - SPREAD))
    }

    /// Heights at both ends by a robust line through the heights of eight parts; none where the
    /// parts do not agree on one, or agree that there is no taper.
    fn taper(&self, height: f32) -> Option<(f32, f32)> {
        const PARTS: usize = 8;
        let parts: Vec<(f32, f32)> = (0..PARTS)
            .filter_map(|part| {
                let columns = part * self.width / PARTS..(part + 1) * self.width / PARTS;
                let (top, bottom) = self.extent(columns)?;
                let ratio = (bottom - top) / height;
                (0.5..2.0)
                    .contains(&ratio)
                    .then_some(((part as f32 + 0.5) / PARTS as f32, bottom - top))
            })
            .collect();
        if parts.len() < 6 {
            return None;
        }
        // Theil–Sen: the median of all slopes between two parts.
        let mut slopes: Vec<f32> = Vec::new();
        for (index, a) in parts.iter().enumerate() {
            slopes.extend(parts[index + 1..].iter().map(|b| (b.1 - a.1) / (b.0 - a.0)));
        }
        let slope = median(&mut slopes)?;
        let mut levels: Vec<f32> = parts.iter().map(|part| part.1 - slope * part.0).collect();
        let level = median(&mut levels)?;
        let mut residuals: Vec<f32> = parts
            .iter()
            .map(|part| (part.1 - level - slope * part.0).abs())
            .collect();
        let residual = median(&mut residuals)?;
        // Letters alone make neighbouring parts differ by a tenth; only a taper well beyond that is
        // one, and then the whole-line height is its mean.
        if slope.abs() < (3.0 * residual).max(0.12 * height) || slope.abs() > height {
            return None;
        }
        Some((height - slope / 2.0, height + slope / 2.0))
    }

    /// How the strokes repeat along the line, with a pitch as OCR-B may have.
    fn rhythm(&self, top: f32, bottom: f32, height: f32) -> Rhythm {
        let first = (self.reach as f32 + top).max(0.0) as usize;
        let last = ((self.reach as f32 + bottom) as usize).min(2 * self.reach);
        let mut profile = vec![0.0_f32; self.width];
        for row in first..=last {
            let row = &self.strokes[row * self.width..(row + 1) * self.width];
            for (sum, &stroke) in profile.iter_mut().zip(row) {
                *sum += f32::from(stroke);
            }
        }
        let strokes = profile.clone();
        let count = self.width as f32;
        let mean = profile.iter().sum::<f32>() / count;
        let mut energy = 0.0;
        for (index, value) in profile.iter_mut().enumerate() {
            // A Hann window, so that the ends of the line add no frequencies of their own.
            let phase = std::f32::consts::TAU * (index as f32 + 0.5) / count;
            *value = (*value - mean) * (0.5 - 0.5 * phase.cos());
            energy += *value * *value;
        }
        if energy <= 0.0 {
            return Rhythm::default();
        }
        // Pitch between 0.75 and 1.7 measured heights, in half cycles along the line.
        let fewest = (count / (1.7 * height) * 2.0).floor() as usize;
        let most = (count / (0.75 * height) * 2.0).ceil() as usize;
        let mut best = (0.0, 0.0);
        let most = most.min(fewest + 200);
        for first in (fewest..=most).step_by(PITCHES) {
            // Past the last pitch the last is measured again, which changes nothing.
            let cycles: [f32; PITCHES] =
                std::array::from_fn(|lane| (first + lane).min(most) as f32 / 2.0);
            let powers = powers(&profile, cycles);
            for (power, cycles) in powers.into_iter().zip(cycles) {
                if power > best.0 {
                    best = (power, cycles);
                }
            }
        }
        // The power of a pure wave under the window is a third of its energy times its length.
        let pure = energy * count / 3.0;
        let pitch = if best.1 > 0.0 { count / best.1 } else { height };
        Rhythm {
            regularity: (best.0 / pure).min(1.0),
            characters: best.1,
            empty: empty_share(&strokes, pitch),
        }
    }
}

/// Pitches measured in one pass: the compiler lays them side by side in vector registers, where one
/// alone would wait for itself at every sample.
const PITCHES: usize = 8;

/// The power of each of these frequencies, in cycles along the profile, by Goertzel's recurrence.
fn powers(profile: &[f32], cycles: [f32; PITCHES]) -> [f32; PITCHES] {
    let count = profile.len() as f32;
    let turns = cycles.map(|cycles| 2.0 * (std::f32::consts::TAU * cycles / count).cos());
    let (mut s1, mut s2) = ([0.0_f32; PITCHES], [0.0_f32; PITCHES]);
    for &value in profile {
        for lane in 0..PITCHES {
            let s = value + turns[lane] * s1[lane] - s2[lane];
            s2[lane] = s1[lane];
            s1[lane] = s;
        }
    }
    std::array::from_fn(|lane| {
        s1[lane] * s1[lane] + s2[lane] * s2[lane] - turns[lane] * s1[lane] * s2[lane]
    })
}

#[derive(Default)]
struct Rhythm {
    /// The share of the profile's variation along the line that the best pitch explains.
    regularity: f32,
    /// How many characters of that pitch the line has.
    characters: f32,
    /// See [`FrameLine::empty`].
    empty: f32,
}

/// The share of windows of one pitch with less than a fifth of the usual strokes in them. A window
/// between two characters holds half of each, so only a missing character leaves one empty.
fn empty_share(strokes: &[f32], pitch: f32) -> f32 {
    let window = (pitch as usize).clamp(1, strokes.len().max(1));
    let mut sums: Vec<f32> = Vec::with_capacity(strokes.len());
    let mut sum: f32 = strokes[..window.min(strokes.len())].iter().sum();
    for (&leaving, &entering) in strokes.iter().zip(strokes.iter().skip(window)) {
        sums.push(sum);
        sum += entering - leaving;
    }
    let mut sorted = sums.clone();
    let Some(usual) = median(&mut sorted) else {
        return 0.0;
    };
    let empty = sums.iter().filter(|&&sum| sum < 0.2 * usual).count();
    empty as f32 / sums.len() as f32
}

fn median(values: &mut [f32]) -> Option<f32> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let (_, &mut value, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
    Some(value)
}
