//! The product's own recogniser: a small convolutional network with connectionist temporal
//! classification, trained on drawn lines of OCR-B and run in plain safe Rust.
//!
//! The network is data: a file of weights names its layers, and everything here follows that list.
//! It leaves out training, which lives beside this crate, and any knowledge of what a line may say.

mod convolution;
mod weights;

use image::GrayImage;
use model::Lattice;

use self::weights::Weights;
use crate::{
    error::RecogniseError,
    recognise::Recogniser,
    strip::{Strip, StripShape},
};

/// Added to the standard deviation before dividing by it, in grey levels, so that the noise of an
/// empty strip is not blown up into letters. Training does the same.
const CALM: f32 = 8.0;

/// The network for machine-readable zones, embedded in the program.
static MRZ_WEIGHTS: &[u8] = include_bytes!("../weights/mrz.safetensors");

/// A network with its weights and the buffers it reuses from line to line.
pub struct Network {
    name: String,
    weights: Weights,
    /// One per layer: its input with that layer's zero padding around it, rows of positions of
    /// channels. The last one is the output.
    activations: Vec<Vec<f32>>,
    /// The width of the input that the activations are laid out for.
    laid_out_for: usize,
}

impl Network {
    /// The network for machine-readable zones, from the weights in the program.
    pub fn mrz() -> Result<Self, RecogniseError> {
        let weights = Weights::parse(MRZ_WEIGHTS)?;
        Ok(Self::new(
            format!("mrz-{:04x}", digest(MRZ_WEIGHTS)),
            weights,
        ))
    }

    fn new(name: String, weights: Weights) -> Self {
        Self {
            name,
            weights,
            activations: Vec::new(),
            laid_out_for: 0,
        }
    }

    /// Logits of every step, row-major `steps × classes`, for an input of `weights.height` rows.
    fn logits(&mut self, input: &[f32], width: usize) -> &[f32] {
        let layers = &self.weights.layers;
        if self.laid_out_for != width {
            self.activations = convolution::lay_out(layers, self.weights.height, width);
            self.laid_out_for = width;
        }
        convolution::run(
            layers,
            &mut self.activations,
            input,
            self.weights.height,
            width,
        );
        self.activations.last().map_or(&[], Vec::as_slice)
    }
}

impl Recogniser for Network {
    fn name(&self) -> &str {
        &self.name
    }

    fn shape(&self) -> StripShape {
        StripShape {
            height: self.weights.height as u32,
            capital: self.weights.capital,
        }
    }

    fn recognise(&mut self, strip: &Strip) -> Result<Lattice, RecogniseError> {
        let height = self.weights.height;
        if strip.pixels.height() as usize != height {
            return Err(RecogniseError::StripHeight {
                got: strip.pixels.height(),
                wanted: height as u32,
            });
        }
        let stride = self.weights.stride;
        let steps = (strip.pixels.width() as usize).div_ceil(stride);
        let (input, width) = normalised(&strip.pixels);
        let classes = self.weights.alphabet.len() + 1;
        let mut log_probabilities = self.logits(&input, width)[..steps * classes].to_vec();
        for row in log_probabilities.chunks_exact_mut(classes) {
            log_softmax(row);
        }
        let edge = |step: usize| {
            let column = (step * stride).min(strip.edges.len().saturating_sub(1));
            strip.edges.get(column).copied().unwrap_or_default()
        };
        Ok(Lattice {
            alphabet: self.weights.alphabet.clone(),
            log_probabilities,
            edges: (0..=steps).map(edge).collect(),
        })
    }
}

/// Grey levels to mean 0 and roughly unit deviation, padded on the right with zeros to a multiple of
/// eight columns and at least 32: the shape the network was trained on.
fn normalised(pixels: &GrayImage) -> (Vec<f32>, usize) {
    let strip_width = pixels.width() as usize;
    let width = strip_width.next_multiple_of(8).max(32);
    let count = pixels.len().max(1) as f64;
    let (sum, squares) = pixels.iter().fold((0_u64, 0_u64), |(sum, squares), &grey| {
        let grey = u64::from(grey);
        (sum + grey, squares + grey * grey)
    });
    let mean = sum as f64 / count;
    let deviation = (squares as f64 / count - mean * mean).max(0.0).sqrt();
    let (mean, divisor) = (mean as f32, deviation as f32 + CALM);
    let mut input = vec![0.0; width * pixels.height() as usize];
    if strip_width > 0 {
        for (row, greys) in input
            .chunks_exact_mut(width)
            .zip(pixels.chunks_exact(strip_width))
        {
            for (value, &grey) in row.iter_mut().zip(greys) {
                *value = (f32::from(grey) - mean) / divisor;
            }
        }
    }
    (input, width)
}

fn log_softmax(row: &mut [f32]) {
    let largest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = row.iter().map(|value| (value - largest).exp()).sum();
    let shift = largest + sum.ln();
    for value in row {
        *value -= shift;
    }
}

/// Sixteen bits of FNV-1a: enough to tell one set of weights from the next in a name.
fn digest(bytes: &[u8]) -> u16 {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 48 ^ hash >> 32 ^ hash >> 16 ^ hash) as u16
}

#[cfg(test)]
mod tests {
    use image::GrayImage;
    use model::Point;
    use safetensors::SafeTensors;

    use super::Network;
    use crate::{Recogniser, strip::Strip};

    #[test]
    fn output_equals_the_training_framework() {
        let golden = include_bytes!("../weights/mrz-golden.safetensors");
        let golden = SafeTensors::deserialize(golden).unwrap();
        let floats = |name: &str| -> (Vec<f32>, Vec<usize>) {
            let view = golden.tensor(name).unwrap();
            let values = view.data().as_chunks().0.iter();
            let values = values.map(|&four| f32::from_le_bytes(four)).collect();
            (values, view.shape().to_vec())
        };
        let mut network = Network::mrz().unwrap();
        for case in 0..2 {
            let (input, shape) = floats(&format!("input{case}"));
            let (logits, output_shape) = floats(&format!("logits{case}"));
            let (classes, steps) = (output_shape[0], output_shape[1]);
            let got = network.logits(&input, shape[1]);
            assert_eq!(got.len(), classes * steps);
            for step in 0..steps {
                for class in 0..classes {
                    let (got, want) = (got[step * classes + class], logits[class * steps + step]);
                    assert!(
                        (got - want).abs() < 1e-4,
                        "step {step}: {got} is not {want}"
                    );
                }
            }
        }
    }

    #[test]
    fn rows_are_distributions_and_edges_follow_the_strip() {
        let mut network = Network::mrz().unwrap();
        for width in [1_u32, 7, 33, 700] {
            let strip = Strip {
                pixels: GrayImage::from_fn(width, 24, |x, y| [(x * 7 + y * 13) as u8].into()),
                edges: (0..=width)
                    .map(|x| (Point::new(x as f32, 0.0), Point::new(x as f32, 24.0)))
                    .collect(),
            };
            let lattice = network.recognise(&strip).unwrap();
            assert_eq!(lattice.steps(), (width as usize).div_ceil(4));
            assert_eq!(lattice.edges.len(), lattice.steps() + 1);
            assert!((lattice.edges.last().unwrap().0.x - width as f32).abs() < 1e-6);
            for step in 0..lattice.steps() {
                let sum: f32 = lattice.row(step).iter().map(|value| value.exp()).sum();
                assert!((sum - 1.0).abs() < 1e-4);
            }
        }
    }
}
