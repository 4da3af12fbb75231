//! The directions in which the text of a page runs, by the sharpness of its projections.

use super::plane::Plane;

/// Longer side of the map that directions are estimated on: enough for lines to stay apart.
const SIDE: usize = 560;

/// A direction shows text only from so many times the sharpness of a middling direction. Texture and
/// the cross sections of lines stay below 2.5 on nearly every picture looked at, the direction of a
/// zone was always above 5.
const FAINT: f32 = 2.5;

/// From so many times the middling sharpness, and this share of the strongest direction's, text
/// certainly runs there. Below lie mostly the diagonals of tables and of evenly spaced letters.
const DISTINCT: f32 = 4.0;
const DISTINCT_SHARE: f32 = 0.15;

/// A direction in which text seems to run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Direction {
    /// In radians, clockwise from the rows, between -π/2 and π/2.
    pub(super) angle: f32,
    /// Whether text seems to run there at all; else it is only sharper than others.
    pub(super) shows_text: bool,
    /// Whether it stands out enough to be worth a large copy of the page.
    pub(super) distinct: bool,
}

/// Directions of text, strongest first.
///
/// Along the direction of its lines, the projection of a page's strokes is a comb of sharp peaks.
pub(super) fn directions(grey: &Plane, count: usize) -> Vec<Direction> {
    let mut small = grey.clone();
    while small.longer_side() >= 2 * SIDE {
        small = small.halved();
    }
    if small.longer_side() > SIDE {
        let ratio = SIDE as f32 / small.longer_side() as f32;
        let size = |length: usize| ((length as f32 * ratio) as usize).max(1);
        small = small.resized(size(small.width), size(small.height));
    }
    let strokes = small.black_hat(9);
    let [strong, strongest] = strokes.quantiles([0.85, 0.98], 0);
    let mut points: Vec<(f32, f32, f32)> = Vec::new();
    for (y, row) in strokes
        .pixels
        .chunks_exact(strokes.width.max(1))
        .enumerate()
    {
        let y = y as f32 + 0.5 - strokes.height as f32 / 2.0;
        for (x, &stroke) in row.iter().enumerate() {
            if stroke > strong.max(4) {
                let x = x as f32 + 0.5 - strokes.width as f32 / 2.0;
                points.push((x, y, f32::from(stroke.min(strongest))));
            }
        }
    }
    if points.len() < 50 {
        return Vec::new();
    }
    let diagonal = (strokes.width as f32).hypot(strokes.height as f32) as usize + 4;
    let mut bins = vec![0.0_f32; diagonal];
    let mut sharpness = |degrees: f32| {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        bins.fill(0.0);
        let middle = diagonal as f32 / 2.0;
        for &(x, y, weight) in &points {
            let at = (y * cosine - x * sine + middle) as usize;
            if let Some(bin) = bins.get_mut(at) {
                *bin += weight;
            }
        }
        bins.windows(3)
            .map(|three| (three[2] - three[0]).powi(2))
            .sum::<f32>()
    };
    let mut coarse: Vec<(f32, f32)> = (-45..45)
        .map(|half| (half as f32 * 2.0, sharpness(half as f32 * 2.0)))
        .collect();
    coarse.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (strongest, middling) = (coarse[0].1, coarse[coarse.len() / 2].1);
    let mut found: Vec<(f32, f32)> = Vec::new();
    for (degrees, sharp) in coarse {
        if found.len() == count {
            break;
        }
        let apart = |(other, _): &(f32, f32)| {
            let turn = (degrees - other).abs();
            turn.min(180.0 - turn) > 6.0
        };
        if found.iter().all(apart) {
            let finer = [-1.0, 0.0, 1.0].map(|step| degrees + step);
            let best = finer
                .into_iter()
                .max_by(|&a, &b| sharpness(a).total_cmp(&sharpness(b)));
            found.extend(best.map(|degrees| (degrees, sharp)));
        }
    }
    let direction = |(degrees, sharp): (f32, f32)| Direction {
        angle: degrees.to_radians(),
        shows_text: sharp >= FAINT * middling,
        distinct: sharp >= DISTINCT * middling && sharp >= DISTINCT_SHARE * strongest,
    };
    found.into_iter().map(direction).collect()
}
