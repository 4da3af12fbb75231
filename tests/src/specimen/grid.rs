//! A grid of damage for measuring: six axes of four levels, walked so that any run of documents
//! meets every level of every axis about equally often.

use serde::Serialize;

use super::degrade::{Degradation, Ground};

/// Heights of a capital, in pixels.
const CAPITALS: [f32; 4] = [24.0, 15.0, 10.0, 7.0];
/// Degrees clockwise.
const ANGLES: [f32; 4] = [0.0, 4.0, 17.0, 75.0];
/// Deviations of the blur, in capital heights.
const BLURS: [f32; 4] = [0.02, 0.05, 0.08, 0.11];
/// Deviations of the noise, of 255.
const NOISES: [f32; 4] = [2.0, 6.0, 11.0, 18.0];
/// Strengths of a specular spot.
const GLARES: [f32; 4] = [0.0, 0.3, 0.55, 0.8];
/// JPEG qualities.
const QUALITIES: [u8; 4] = [90, 60, 35, 15];

/// Cells of the grid.
const CELLS: u64 = 4 * 4 * 4 * 4 * 4 * 4;

/// Odd, so that its multiples visit every cell once; otherwise of no meaning.
const STRIDE: u64 = 1597;

/// One cell of the grid: how much of each damage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Height of a capital, in pixels.
    pub capital: f32,
    /// Degrees clockwise.
    pub angle: f32,
    /// Deviation of the blur, in capital heights.
    pub blur: f32,
    /// Deviation of the noise, of 255.
    pub noise: f32,
    /// Strength of a specular spot, 0 to 1.
    pub glare: f32,
    /// JPEG quality.
    pub jpeg: u8,
}

impl Cell {
    /// The cell of a document of a series.
    pub fn of(number: u64) -> Self {
        let mut rest = number.wrapping_mul(STRIDE) % CELLS;
        let mut level = || {
            let level = (rest % 4) as usize;
            rest /= 4;
            level
        };
        Self {
            capital: CAPITALS[level()],
            angle: ANGLES[level()],
            blur: BLURS[level()],
            noise: NOISES[level()],
            glare: GLARES[level()],
            jpeg: QUALITIES[level()],
        }
    }

    /// The treatment: a photograph on a desk from straight above, with this damage.
    pub fn degradation(&self) -> Degradation {
        Degradation {
            capital: self.capital,
            angle: self.angle,
            blur: self.blur * self.capital,
            noise: self.noise,
            contrast: 0.9,
            uneven: 0.15,
            glare: self.glare,
            ground: Ground::Desk,
            margin: 12.0,
            quality: Some(self.jpeg),
            ..Degradation::CLEAN
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Cell;

    #[test]
    fn every_level_of_every_axis_comes_equally_often() {
        let cells: Vec<Cell> = (0..1024).map(Cell::of).collect();
        let axes: [fn(&Cell) -> f32; 5] = [
            |cell| cell.capital,
            |cell| cell.angle,
            |cell| cell.blur,
            |cell| cell.noise,
            |cell| cell.glare,
        ];
        for axis in axes {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for cell in &cells {
                *counts.entry(axis(cell).to_string()).or_default() += 1;
            }
            assert_eq!(counts.into_values().collect::<Vec<_>>(), [256; 4]);
        }
        let mut all: Vec<String> = (0..4096).map(|n| format!("{:?}", Cell::of(n))).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 4096);
    }
}
