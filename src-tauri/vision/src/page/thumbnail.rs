//! A small copy of a page, on which outlines are looked for, with its edges.

use image::{GrayImage, RgbImage};

use model::{Point, Quad};

use super::{polygon, rectify};
use crate::picture;

/// Longer side of the copy: a card that fills a tenth of a page still has sides of a hundred pixels.
pub(super) const SIDE: u32 = 448;

/// An edge weaker than this, in grey values across two pixels, is noise or shade.
const WEAK: f32 = 14.0;

/// The copy.
pub(super) struct Thumbnail {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Red, green and blue, smoothed.
    pub(super) colour: Vec<[u8; 3]>,
    /// Change of grey to the right and downwards.
    pub(super) gradient: Vec<(f32, f32)>,
    /// Whether the gradient is an edge: strong, and strongest across itself.
    pub(super) edge: Vec<bool>,
    /// Page pixels per pixel of the copy.
    pub(super) scale: (f32, f32),
}

impl Thumbnail {
    pub(super) fn of(page: &RgbImage) -> Self {
        let (small, _) = rectify::whole(page, SIDE);
        let scale = (
            page.width() as f32 / small.width() as f32,
            page.height() as f32 / small.height() as f32,
        );
        let small = smoothed(&small);
        let grey = picture::grey(&small);
        let (width, height) = (small.width() as usize, small.height() as usize);
        let gradient = gradient(&grey);
        let edge = thinned(&gradient, width, height);
        Self {
            width,
            height,
            colour: small.as_raw().as_chunks::<3>().0.to_vec(),
            gradient,
            edge,
            scale,
        }
    }

    /// Pixels of the copy.
    pub(super) fn area(&self) -> f32 {
        (self.width * self.height) as f32
    }

    /// How many edges lie within the quads, and how many clearly beside all of them.
    pub(super) fn edges_within(&self, quads: &[Quad]) -> (u32, u32) {
        // An outline is an edge itself, and so is its shadow.
        const BESIDE: f32 = 4.0;
        let around: Vec<Quad> = quads
            .iter()
            .map(|quad| polygon::grown(quad, BESIDE))
            .collect();
        let (mut inside, mut outside) = (0, 0);
        for (at, _) in self.edge.iter().enumerate().filter(|(_, edge)| **edge) {
            let (x, y) = (at % self.width, at / self.width);
            let point = Point::new(x as f32 + 0.5, y as f32 + 0.5);
            if quads.iter().any(|quad| polygon::contains(quad, point)) {
                inside += 1;
            } else if !around.iter().any(|quad| polygon::contains(quad, point)) {
                outside += 1;
            }
        }
        (inside, outside)
    }

    /// The index of the pixel that holds a point, or none beyond the border.
    pub(super) fn index(&self, x: f32, y: f32) -> Option<usize> {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
        inside.then(|| y as usize * self.width + x as usize)
    }
}

/// Smoothed by 1-2-1 in both directions: print and sensor noise fade, outlines stay.
fn smoothed(picture: &RgbImage) -> RgbImage {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let stride = width * 3;
    let source = picture.as_raw();
    let mut across = source.clone();
    if width > 2 {
        for (target, row) in across
            .chunks_exact_mut(stride)
            .zip(source.chunks_exact(stride))
        {
            for at in 3..stride - 3 {
                let sum = u16::from(row[at - 3]) + 2 * u16::from(row[at]) + u16::from(row[at + 3]);
                target[at] = ((sum + 2) / 4) as u8;
            }
        }
    }
    let mut result = picture.clone();
    let rows: &mut [u8] = &mut result;
    if height > 2 {
        for y in 1..height - 1 {
            let target = &mut rows[y * stride..(y + 1) * stride];
            for (at, value) in target.iter_mut().enumerate() {
                let here = y * stride + at;
                let sum = u16::from(across[here - stride])
                    + 2 * u16::from(across[here])
                    + u16::from(across[here + stride]);
                *value = ((sum + 2) / 4) as u8;
            }
        }
    }
    result
}

/// Central differences; zero along the border.
fn gradient(grey: &GrayImage) -> Vec<(f32, f32)> {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let pixels = grey.as_raw();
    let mut gradient = vec![(0.0, 0.0); pixels.len()];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let at = y * width + x;
            gradient[at] = (
                f32::from(pixels[at + 1]) - f32::from(pixels[at - 1]),
                f32::from(pixels[at + width]) - f32::from(pixels[at - width]),
            );
        }
    }
    gradient
}

/// Keeps a pixel whose gradient is no weaker than that of its two neighbours across the edge.
fn thinned(gradient: &[(f32, f32)], width: usize, height: usize) -> Vec<bool> {
    let strength: Vec<f32> = gradient.iter().map(|(x, y)| x.hypot(*y)).collect();
    let mut edge = vec![false; gradient.len()];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let at = y * width + x;
            let here = strength[at];
            if here < WEAK {
                continue;
            }
            let (across, down) = gradient[at];
            let step = |component: f32| (component / here).round() as isize;
            let offset = step(down) * width as isize + step(across);
            let neighbour = |offset: isize| strength[at.wrapping_add_signed(offset)];
            edge[at] = here >= neighbour(offset) && here > neighbour(-offset);
        }
    }
    edge
}
