//! Lines of text in an upright frame: from dark strokes to measured centrelines.
//!
//! Strokes are smeared along the rows until the characters of a line are one piece, pieces too thin
//! or too short are dropped, and a parabola is fitted to what remains. One threshold is never right
//! for a whole photograph, so several are tried and all lines found by any of them are kept.

use super::{
    bitmap::{Bitmap, Run},
    measure,
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
    /// Share of the characters' places that are empty: prose has spaces, a zone has none.
    pub(super) empty: f32,
}

impl FrameLine {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        f32::midpoint(self.height_left, self.height_right)
    }

    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
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

    /// The same curve written about another origin.
    pub(super) fn moved(&self, origin: f32) -> Self {
        Self {
            origin,
            constant: self.at(origin),
            slope: self.slope_at(origin),
            bend: self.bend,
        }
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

/// Contrast below which nothing is a stroke, in grey levels.
const FAINTEST: u8 = 12;

/// A map of strokes made for one size of print.
pub(super) struct StrokeMap {
    pub(super) strokes: Plane,
    /// The capital height it is made for, in pixels: lines of a third to one and a half times that
    /// are found in it.
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
    let [p90, mut p985] = strokes.quantiles([0.9, 0.985], 0).map(f32::from);
    if p985 < 2.0 * f32::from(FAINTEST) {
        // A small document on an empty page: only where there are strokes do they tell their level.
        [p985] = strokes.quantiles([0.9], FAINTEST).map(f32::from);
    }
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
            if let Some(line) = measure::measured(&line, map) {
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
pub(super) struct Piece {
    pub(super) left: usize,
    /// Sum of the strokes and of the strokes times their row, by column from `left`.
    columns: Vec<(f32, f32)>,
    pub(super) curve: Curve,
    /// Mean thickness of the piece.
    pub(super) thickness: f32,
}

impl Piece {
    pub(super) fn right(&self) -> usize {
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
            let between = f32::midpoint(next.left as f32, line.right() as f32);
            let off = (line.curve.at(between) - next.curve.at(between)).abs();
            let turn = (line.curve.slope_at(between) - next.curve.slope_at(between)).abs();
            let alike = size < 1.7 * line.thickness.min(next.thickness);
            if off < 0.4 * size
                && turn < 0.12
                && alike
                && let Some(longer) = line.joined(next)
            {
                line = longer;
                parts += 1;
            }
        }
        if parts > 1 {
            joined.push(line);
        }
    }
    pieces.append(&mut joined);
    pieces
}
