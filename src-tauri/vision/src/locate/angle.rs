//! The directions in which the text of a page runs, by the sharpness of its projections.

use super::plane::Plane;

/// Longer side of the map that directions are estimated on: enough for lines to stay apart.
const SIDE: usize = 560;

/// Directions of text in radians, clockwise from the rows, between -π/2 and π/2; strongest first.
///
/// Along the direction of its lines, the projection of a page's strokes is a comb of sharp peaks.
pub(super) fn directions(grey: &Plane, count: usize) -> Vec<f32> {
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
    let mut found: Vec<f32> = Vec::new();
    for (degrees, _) in coarse {
        let apart = |other: &f32| {
            let turn = (degrees - other).abs();
            turn.min(180.0 - turn) > 6.0
        };
        if found.iter().all(apart) {
            let finer = [-1.0, 0.0, 1.0].map(|step| degrees + step);
            let best = finer
                .into_iter()
                .max_by(|&a, &b| sharpness(a).total_cmp(&sharpness(b)));
            found.extend(best);
        }
        if found.len() == count {
            break;
        }
    }
    found.into_iter().map(f32::to_radians).collect()
}
