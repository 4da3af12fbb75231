//! Convolutions over rows of positions of channels, written so that the compiler vectorises them.
//!
//! Channels lie innermost. One row of a kernel over one position is then a single contiguous run of
//! the input (columns × channels), and a block of output channels is a handful of vector registers:
//! the inner loop multiplies one value of the run with a block of weights for several positions at
//! once. Padding is real zeros around the activations, written once when they are laid out, so no
//! loop asks where the border is. No multiplication is fused with its addition and the order of
//! summation is fixed by the layout, so every processor computes the same bits.

use super::weights::{Kind, Layer, Residual};

/// Sets aside the input of every layer, zeros included, and the output of the last.
pub(super) fn lay_out(layers: &[Layer], height: usize, width: usize) -> Vec<Vec<f32>> {
    let mut size = [height, width];
    let mut activations = Vec::with_capacity(layers.len() + 1);
    for layer in layers {
        let plane = Plane::of(layer, size);
        activations.push(vec![0.0; plane.length()]);
        size = layer.output_size(size);
    }
    let classes = layers.last().map_or(0, |layer| layer.outputs);
    activations.push(vec![0.0; size[0] * size[1] * classes]);
    activations
}

/// Runs all layers on an input of one channel, `height` rows of `width`.
pub(super) fn run(
    layers: &[Layer],
    activations: &mut [Vec<f32>],
    input: &[f32],
    height: usize,
    width: usize,
) {
    let Some(first) = layers.first() else { return };
    let plane = Plane::of(first, [height, width]);
    for (y, row) in input.chunks_exact(width).enumerate() {
        let start = plane.at(y, 0);
        activations[0][start..start + width].copy_from_slice(row);
    }
    let mut size = [height, width];
    let mut opened = (0, plane);
    for (index, layer) in layers.iter().enumerate() {
        let source = Plane::of(layer, size);
        if layer.residual == Residual::Open {
            opened = (index, source);
        }
        size = layer.output_size(size);
        let target = layers.get(index + 1).map_or(
            Plane {
                size,
                channels: layer.outputs,
                padding: [0, 0],
            },
            |next| Plane::of(next, size),
        );
        let (before, after) = activations.split_at_mut(index + 1);
        let (Some(input), Some(output)) = (before.last(), after.first_mut()) else {
            return;
        };
        match layer.kind {
            Kind::Depthwise => depthwise(layer, input, source, output, target),
            Kind::Dense { lanes: 24 } => dense::<24, 4>(layer, input, source, output, target),
            Kind::Dense { lanes: 16 } => dense::<16, 6>(layer, input, source, output, target),
            Kind::Dense { .. } => dense::<8, 8>(layer, input, source, output, target),
        }
        if layer.residual == Residual::Close {
            let (from, plane) = opened;
            add(&before[from], plane, output, target);
        }
    }
}

/// How an activation lies in its buffer: `padding` rows and columns of zeros on every side.
#[derive(Clone, Copy)]
struct Plane {
    size: [usize; 2],
    channels: usize,
    padding: [usize; 2],
}

impl Plane {
    /// The input of a layer.
    fn of(layer: &Layer, size: [usize; 2]) -> Self {
        Self {
            size,
            channels: layer.inputs,
            padding: layer.padding,
        }
    }

    fn row_length(&self) -> usize {
        (self.size[1] + 2 * self.padding[1]) * self.channels
    }

    fn length(&self) -> usize {
        (self.size[0] + 2 * self.padding[0]) * self.row_length()
    }

    /// Where a position's channels begin; (0, 0) is inside the padding's frame.
    fn at(&self, y: usize, x: usize) -> usize {
        (y + self.padding[0]) * self.row_length() + (x + self.padding[1]) * self.channels
    }
}

/// `LANES` output channels of `POSITIONS` neighbouring positions at a time.
fn dense<const LANES: usize, const POSITIONS: usize>(
    layer: &Layer,
    input: &[f32],
    source: Plane,
    output: &mut [f32],
    target: Plane,
) {
    let run = layer.kernel[1] * layer.inputs;
    let block_length = layer.kernel[0] * run;
    let weights = layer.weights.as_chunks::<LANES>().0;
    let biases = layer.bias.as_chunks::<LANES>().0;
    let [height, width] = target.size;
    let row_length = source.row_length();
    let step = layer.stride[1] * layer.inputs;
    for y in 0..height {
        let row = y * layer.stride[0] * row_length;
        let rows = &input[row..row + layer.kernel[0] * row_length];
        for (block, (weights, bias)) in weights.chunks_exact(block_length).zip(biases).enumerate() {
            let channel = block * LANES;
            let kept = LANES.min(layer.outputs - channel);
            let mut x = 0;
            while x < width {
                // The last tile reaches back over positions already done rather than past the end;
                // the few layers narrower than a tile go one by one.
                if width >= POSITIONS {
                    x = x.min(width - POSITIONS);
                    let sums = tile::<LANES, POSITIONS>(
                        rows,
                        row_length,
                        x * step,
                        step,
                        run,
                        weights,
                        bias,
                    );
                    for (offset, sum) in sums.iter().enumerate() {
                        store(
                            output,
                            target.at(y, x + offset) + channel,
                            &sum[..kept],
                            layer.relu,
                        );
                    }
                    x += POSITIONS;
                } else {
                    let [sum] =
                        tile::<LANES, 1>(rows, row_length, x * step, step, run, weights, bias);
                    store(output, target.at(y, x) + channel, &sum[..kept], layer.relu);
                    x += 1;
                }
            }
        }
    }
}

#[inline]
fn tile<const LANES: usize, const POSITIONS: usize>(
    rows: &[f32],
    row_length: usize,
    start: usize,
    step: usize,
    run: usize,
    weights: &[[f32; LANES]],
    bias: &[f32; LANES],
) -> [[f32; LANES]; POSITIONS] {
    let mut sums = [*bias; POSITIONS];
    for (row, weights) in rows.chunks_exact(row_length).zip(weights.chunks_exact(run)) {
        let inputs: [&[f32]; POSITIONS] =
            std::array::from_fn(|position| &row[start + position * step..][..run]);
        for (index, weights) in weights.iter().enumerate() {
            for (sum, input) in sums.iter_mut().zip(&inputs) {
                let value = input[index];
                for (sum, weight) in sum.iter_mut().zip(weights) {
                    *sum += value * weight;
                }
            }
        }
    }
    sums
}

#[inline]
fn store(output: &mut [f32], at: usize, sums: &[f32], relu: bool) {
    for (value, &sum) in output[at..at + sums.len()].iter_mut().zip(sums) {
        *value = if relu { sum.max(0.0) } else { sum };
    }
}

fn depthwise(layer: &Layer, input: &[f32], source: Plane, output: &mut [f32], target: Plane) {
    let channels = layer.outputs;
    let [height, width] = target.size;
    let row_length = source.row_length();
    for y in 0..height {
        for x in 0..width {
            let start = target.at(y, x);
            let sums = &mut output[start..start + channels];
            sums.copy_from_slice(&layer.bias);
            let corner = y * layer.stride[0] * row_length + x * layer.stride[1] * channels;
            for (row, weights) in layer
                .weights
                .chunks_exact(layer.kernel[1] * channels)
                .enumerate()
            {
                let row = &input[corner + row * row_length..][..weights.len()];
                for (values, weights) in row
                    .chunks_exact(channels)
                    .zip(weights.chunks_exact(channels))
                {
                    for ((sum, value), weight) in sums.iter_mut().zip(values).zip(weights) {
                        *sum += value * weight;
                    }
                }
            }
            if layer.relu {
                for sum in sums {
                    *sum = sum.max(0.0);
                }
            }
        }
    }
}

fn add(remembered: &[f32], from: Plane, output: &mut [f32], target: Plane) {
    let length = target.size[1] * target.channels;
    for y in 0..target.size[0] {
        let (start, end) = (from.at(y, 0), target.at(y, 0));
        for (value, &kept) in output[end..end + length]
            .iter_mut()
            .zip(&remembered[start..start + length])
        {
            *value += kept;
        }
    }
}

#[cfg(test)]
mod tests;
