//! Lines of text in an upright frame: from dark strokes to measured centrelines.
//!
//! Strokes are smeared along the rows until the characters of a line are one piece, pieces too thin
//! or too short are dropped, and a parabola is fitted to what remains. One threshold is never right
//! for a whole photograph, so several are tried and all lines found by any of them are kept.

use super::{
    bitmap::{Bitmap, Run},
    plane::Plane,
};

/// A line of text in the frame it was found in. Positions are in pixels of that frame with the
/// centre of the first pixel at (0.5, 0.5).
#[derive(Debug, Clone)]
pub(super) struct FrameLine {
    /// Where the text begins.
    pub(super) left: f32,
    /// Where it ends.
    pub(super) right: f32,
    /// The centreline.
    pub(super) curve: Curve,
    /// Capital height at the left end.
    pub(super) height_left: f32,
    /// Capital height at the right end.
    pub(super) height_right: f32,
    /// How regularly the strokes repeat along the line, 0 to 1: high for print of one width.
    pub(super) regularity: f32,
    /// Number of characters by that regularity.
    pub(super) characters: f32,
}

impl FrameLine {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        (self.height_left + self.height_right) / 2.0
    }

    pub(super) fn middle(&self) -> f32 {
        (self.left + self.right) / 2.0
    }
}

/// y = constant + slope · (x − origin) + bend · (x − origin)².
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve {
    pub(super) origin: f32,
    pub(super) constant: f32,
    pub(super) slope: f32,
    pub(super) bend: f32,
}

impl Curve {
    pub(super) fn at(&self, x: f32) -> f32 {
        let x = x - self.origin;
        self.constant + x * (self.slope + x * self.bend)
    }

    pub(super) fn slope_at(&self, x: f32) -> f32 {
        self.slope + 2.0 * self.bend * (x - self.origin)
    }

    /// The parabola through weighted points that leaves the least squares, or the straight line
    /// where a parabola has no hold.
    fn fit(points: &[(f32, f32, f32)], origin: f32, bent: bool) -> Option<Self> {
        let (mut m, mut v) = ([[0.0_f64; 3]; 3], [0.0_f64; 3]);
        for &(x, y, weight) in points {
            let x = f64::from(x - origin) / 256.0;
            let powers = [1.0, x, x * x];
            for (row, &a) in powers.iter().enumerate() {
                for (column, &b) in powers.iter().enumerate() {
                    m[row][column] += f64::from(weight) * a * b;
                }
                v[row] += f64::from(weight) * a * f64::from(y);
            }
        }
        if !bent {
            m[2] = [0.0, 0.0, 1.0];
            m[0][2] = 0.0;
            m[1][2] = 0.0;
            v[2] = 0.0;
        }
        let [constant, slope, bend] = solve(m, v)?;
        Some(Self {
            origin,
            constant: constant as f32,
            slope: (slope / 256.0) as f32,
            bend: (bend / 65_536.0) as f32,
        })
    }
}

/// Cramer's rule.
fn solve(m: [[f64; 3]; 3], v: [f64; 3]) -> Option<[f64; 3]> {
    let determinant = |m: [[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
            - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = determinant(m);
    if whole.abs() < 1e-9 || !whole.is_finite() {
        return None;
    }
    Some([0, 1, 2].map(|column| {
        let mut replaced = m;
        for row in 0..3 {
            replaced[row][column] = v[row];
        }
        determinant(replaced) / whole
    }))
}

/// The sizes of print that one pass of smearing sees, by the capital height it is made for: it
/// finds heights from about a third to one and a half times that.
pub(super) const SIZES: [f32; 4] = [7.0, 12.0, 20.0, 33.0];

/// Aspect of a line, width by capital height. OCR-B has a pitch of 2.54 mm and capitals of 2.4 mm
/// (ISO 1073-2 size I), so 30 characters have 32 and 44 have 47; measured heights are off by up to
/// half at low resolution.
const ASPECTS: std::ops::RangeInclusive<f32> = 16.0..=80.0;

/// Contrast below which nothing is a stroke, in grey levels.
const FAINTEST: u8 = 12;

/// A map of strokes made for one size of print.
pub(super) struct StrokeMap {
    pub(super) strokes: Plane,
    pub(super) size: f32,
}

impl StrokeMap {
    pub(super) fn new(grey: &Plane, smooth: &Plane, size: f32) -> Self {
        // Strokes of OCR-B are a seventh of the height, bold and blurred ones a third; a window of
        // nine tenths sees both and closes over the inside of no letter.
        let side = (size * 0.9) as usize | 1;
        let source = if size < 10.0 { grey } else { smooth };
        Self {
            strokes: source.black_hat(side),
            size,
        }
    }

    pub(super) fn quarter_turned(&self) -> Self {
        Self {
            strokes: self.strokes.quarter_turned(),
            size: self.size,
        }
    }
}

/// All lines in a map of strokes, measured.
pub(super) fn find(map: &StrokeMap) -> Vec<FrameLine> {
    let strokes = &map.strokes;
    let mut lines: Vec<FrameLine> = Vec::new();
    let [p90, p985] = strokes.quantiles([0.9, 0.985]).map(f32::from);
    let mut thresholds =
        [p90 * 0.5, p985 * 0.38, p985 * 0.6].map(|value| (value as u8).max(FAINTEST));
    thresholds.sort_unstable();
    let mut last = None;
    for threshold in thresholds {
        if last == Some(threshold) {
            continue;
        }
        last = Some(threshold);
        let mut marks = Bitmap::above(strokes, threshold);
        marks.without_rules((map.size * 2.6) as usize);
        marks.close_rows((map.size * 1.15) as usize);
        marks.open(
            (map.size * 1.4) as usize,
            ((map.size / 4.0) as usize).max(2),
        );
        let pieces: Vec<Piece> = marks
            .components()
            .iter()
            .filter_map(|runs| Piece::of(runs, strokes, map.size))
            .collect();
        for line in join(pieces) {
            if let Some(line) = measure(&line, strokes, map.size) {
                keep(&mut lines, line);
            }
        }
    }
    lines
}

/// Adds a line unless it is there already.
pub(super) fn keep(lines: &mut Vec<FrameLine>, line: FrameLine) {
    let middle = line.middle();
    let known = lines.iter_mut().find(|known| {
        let larger = known.height().max(line.height());
        let smaller = known.height().min(line.height());
        let overlap = known.right.min(line.right) - known.left.max(line.left);
        (known.curve.at(middle) - line.curve.at(middle)).abs() < 0.35 * larger
            && larger < 1.3 * smaller
            && overlap > 0.87 * known.width().max(line.width())
    });
    match known {
        Some(known) if known.regularity < line.regularity => *known = line,
        Some(_) => {}
        None => lines.push(line),
    }
}

/// A connected piece of a line: the strokes' centre of gravity in each of its columns.
#[derive(Debug, Clone)]
struct Piece {
    left: usize,
    /// Sum of the strokes and of the strokes times their row, by column from `left`.
    columns: Vec<(f32, f32)>,
    curve: Curve,
    /// Mean thickness of the piece.
    thickness: f32,
}

impl Piece {
    fn right(&self) -> usize {
        self.left + self.columns.len()
    }

    fn of(runs: &[Run], strokes: &Plane, size: f32) -> Option<Self> {
        let left = runs.iter().map(|run| run.from).min()? as usize;
        let right = runs.iter().map(|run| run.to).max()? as usize;
        let width = right - left;
        let area: u32 = runs.iter().map(|run| run.to - run.from).sum();
        let thickness = area as f32 / width as f32;
        if (width as f32) < 4.0 * size.max(thickness) || thickness > 2.2 * size {
            return None;
        }
        let mut columns = vec![(0.0, 0.0); width];
        for run in runs {
            let row = &strokes.row(run.y as usize)[run.from as usize..run.to as usize];
            let y = run.y as f32 + 0.5;
            for ((sum, moment), &stroke) in columns[run.from as usize - left..].iter_mut().zip(row)
            {
                *sum += f32::from(stroke);
                *moment += f32::from(stroke) * y;
            }
        }
        let curve = fit(&columns, left, thickness)?;
        Some(Self {
            left,
            columns,
            curve,
            thickness,
        })
    }

    /// One piece of two that continue each other.
    fn joined(&self, next: &Self) -> Option<Self> {
        let left = self.left.min(next.left);
        let right = self.right().max(next.right());
        let mut columns = vec![(0.0, 0.0); right - left];
        for piece in [self, next] {
            for (target, column) in columns[piece.left - left..].iter_mut().zip(&piece.columns) {
                target.0 += column.0;
                target.1 += column.1;
            }
        }
        let thickness = (self.thickness * self.columns.len() as f32
            + next.thickness * next.columns.len() as f32)
            / (self.columns.len() + next.columns.len()) as f32;
        Some(Self {
            left,
            curve: fit(&columns, left, thickness)?,
            columns,
            thickness,
        })
    }
}

/// A parabola through the columns' centres of gravity; columns far off it, where a stain or a
/// neighbouring line hangs on to the piece, are left out of a second and third fit.
fn fit(columns: &[(f32, f32)], left: usize, thickness: f32) -> Option<Curve> {
    let origin = left as f32 + columns.len() as f32 / 2.0;
    let points: Vec<(f32, f32, f32)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.0 > 0.0)
        .map(|(index, &(sum, moment))| (left as f32 + index as f32 + 0.5, moment / sum, sum.sqrt()))
        .collect();
    let bent = columns.len() as f32 > 14.0 * thickness;
    let mut curve = Curve::fit(&points, origin, bent)?;
    for _ in 0..2 {
        let mut distances: Vec<f32> = points
            .iter()
            .map(|&(x, y, _)| (y - curve.at(x)).abs())
            .collect();
        let rank = distances.len() * 3 / 4;
        let (_, &mut typical, _) = distances.select_nth_unstable_by(rank, f32::total_cmp);
        let near: Vec<(f32, f32, f32)> = points
            .iter()
            .copied()
            .filter(|&(x, y, _)| (y - curve.at(x)).abs() <= typical.max(1.0))
            .collect();
        curve = Curve::fit(&near, origin, bent)?;
    }
    Some(curve)
}

/// Joins pieces that continue each other, for faint fillers and glare tear lines apart. The pieces
/// that were joined are kept too: what lies beside a line may be no part of it.
fn join(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by_key(|piece| piece.left);
    let mut joined: Vec<Piece> = Vec::new();
    for (index, first) in pieces.iter().enumerate() {
        let mut line = first.clone();
        let mut parts = 1;
        for next in &pieces[index + 1..] {
            let size = line.thickness.max(next.thickness);
            let gap = next.left as f32 - line.right() as f32;
            if gap < -size || gap > 6.0 * size || parts == 8 {
                continue;
            }
            let between = (next.left as f32 + line.right() as f32) / 2.0;
            let off = (line.curve.at(between) - next.curve.at(between)).abs();
            let turn = (line.curve.slope_at(between) - next.curve.slope_at(between)).abs();
            let alike = size < 1.7 * line.thickness.min(next.thickness);
            if off < 0.4 * size && turn < 0.12 && alike {
                if let Some(longer) = line.joined(next) {
                    line = longer;
                    parts += 1;
                }
            }
        }
        if parts > 1 {
            joined.push(line);
        }
    }
    pieces.append(&mut joined);
    pieces
}

/// Measures capital height, taper and regularity of a piece; none where it is no line of text.
fn measure(piece: &Piece, strokes: &Plane, size: f32) -> Option<FrameLine> {
    let (left, right) = (piece.left, piece.right());
    let width = (right - left) as f32;
    if width < 14.0 * piece.thickness.min(size) || width < 90.0 {
        return None;
    }
    // The strokes around the centreline, straightened: rows of the whole line.
    let reach = (size * 1.7).max(piece.thickness * 1.3).ceil() as usize;
    let band = Band::straightened(strokes, &piece.curve, left, right, reach);
    let (top, bottom) = band.extent(0..right - left)?;
    let height = bottom - top;
    if height < 3.5 || height > size * 1.7 || height < size * 0.3 {
        return None;
    }
    let aspect = width / height;
    if !ASPECTS.contains(&aspect) {
        return None;
    }
    let mut curve = piece.curve;
    curve.constant += (top + bottom) / 2.0;
    let (height_left, height_right) = band.taper(height).unwrap_or((height, height));
    let (regularity, characters) = band.regularity(top, bottom, height);
    Some(FrameLine {
        left: left as f32,
        right: right as f32,
        curve,
        height_left,
        height_right,
        regularity,
        characters,
    })
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
        for column in 0..width {
            let x = left + column;
            let centre = (curve.at(x as f32 + 0.5) - 0.5).round() as isize - reach as isize;
            for row in 0..rows {
                let y = centre + row as isize;
                if let Ok(y) = usize::try_from(y)
                    && y < strokes.height
                {
                    band[row * width + column] = strokes.pixels[y * strokes.width + x];
                }
            }
        }
        Self {
            reach,
            width,
            strokes: band,
        }
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
        Some((top - centre, bottom - centre))
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

    /// The share of the profile's variation along the line that repeats with the pitch of OCR-B,
    /// and how many characters that makes.
    fn regularity(&self, top: f32, bottom: f32, height: f32) -> (f32, f32) {
        let first = (self.reach as f32 + top).max(0.0) as usize;
        let last = ((self.reach as f32 + bottom) as usize).min(2 * self.reach);
        let mut profile = vec![0.0_f32; self.width];
        for row in first..=last {
            let row = &self.strokes[row * self.width..(row + 1) * self.width];
            for (sum, &stroke) in profile.iter_mut().zip(row) {
                *sum += f32::from(stroke);
            }
        }
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
            return (0.0, 0.0);
        }
        // Pitch between 0.75 and 1.7 measured heights, in half cycles along the line.
        let fewest = (count / (1.7 * height) * 2.0).floor() as usize;
        let most = (count / (0.75 * height) * 2.0).ceil() as usize;
        let mut best = (0.0, 0.0);
        for halves in fewest..=most.min(fewest + 200) {
            let cycles = halves as f32 / 2.0;
            let step = std::f32::consts::TAU * cycles / count;
            // Goertzel's recurrence gives one frequency's power in one pass.
            let turn = 2.0 * step.cos();
            let (mut s1, mut s2) = (0.0_f32, 0.0_f32);
            for &value in &profile {
                let s = value + turn * s1 - s2;
                s2 = s1;
                s1 = s;
            }
            let power = s1 * s1 + s2 * s2 - turn * s1 * s2;
            if power > best.0 {
                best = (power, cycles);
            }
        }
        // A pure wave under the window has 3/8 · n of its energy squared times n / 4 … the factor
        // makes such a wave 1.
        let pure = energy * count / 3.0;
        ((best.0 / pure).min(1.0), best.1)
    }
}

fn median(values: &mut [f32]) -> Option<f32> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let (_, &mut value, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
    Some(value)
}
