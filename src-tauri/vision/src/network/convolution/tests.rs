use proptest::prelude::*;

use super::{lay_out, run};
use crate::network::weights::{Kind, Layer, Residual};

/// One layer in the plainest words: weights as (out, in / groups, kernel height, kernel width).
struct Naive {
    inputs: usize,
    outputs: usize,
    kernel: [usize; 2],
    stride: [usize; 2],
    padding: [usize; 2],
    depthwise: bool,
    relu: bool,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Naive {
    fn apply(&self, input: &[f32], [height, width]: [usize; 2]) -> Vec<f32> {
        let out_height = (height + 2 * self.padding[0] - self.kernel[0]) / self.stride[0] + 1;
        let out_width = (width + 2 * self.padding[1] - self.kernel[1]) / self.stride[1] + 1;
        let group_inputs = if self.depthwise { 1 } else { self.inputs };
        let mut output = Vec::new();
        for y in 0..out_height {
            for x in 0..out_width {
                for o in 0..self.outputs {
                    let mut sum = self.bias[o];
                    for i in 0..group_inputs {
                        for ky in 0..self.kernel[0] {
                            for kx in 0..self.kernel[1] {
                                let (sy, sx) = (y * self.stride[0] + ky, x * self.stride[1] + kx);
                                let inside = (self.padding[0]..height + self.padding[0])
                                    .contains(&sy)
                                    && (self.padding[1]..width + self.padding[1]).contains(&sx);
                                if inside {
                                    let channel = if self.depthwise { o } else { i };
                                    let value = input[((sy - self.padding[0]) * width + sx
                                        - self.padding[1])
                                        * self.inputs
                                        + channel];
                                    let weight = self.weights[((o * group_inputs + i)
                                        * self.kernel[0]
                                        + ky)
                                        * self.kernel[1]
                                        + kx];
                                    sum += value * weight;
                                }
                            }
                        }
                    }
                    output.push(if self.relu { sum.max(0.0) } else { sum });
                }
            }
        }
        output
    }

    fn packed(&self, lanes: usize, residual: Residual) -> Layer {
        let taps = self.kernel[0] * self.kernel[1];
        let mut weights = Vec::new();
        let mut bias = self.bias.clone();
        if self.depthwise {
            for tap in 0..taps {
                weights.extend((0..self.outputs).map(|o| self.weights[o * taps + tap]));
            }
        } else {
            bias.resize(self.outputs.next_multiple_of(lanes), 0.0);
            for block in (0..self.outputs).step_by(lanes) {
                for tap in 0..taps {
                    for i in 0..self.inputs {
                        weights.extend((block..block + lanes).map(|o| {
                            if o < self.outputs {
                                self.weights[(o * self.inputs + i) * taps + tap]
                            } else {
                                0.0
                            }
                        }));
                    }
                }
            }
        }
        Layer {
            kind: if self.depthwise {
                Kind::Depthwise
            } else {
                Kind::Dense { lanes }
            },
            inputs: self.inputs,
            outputs: self.outputs,
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
            relu: self.relu,
            residual,
            weights,
            bias,
        }
    }
}

/// Numbers between -1 and 1 from a seed; a plain linear congruence is random enough here.
fn numbers(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed;
    (0..count)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / 8_388_608.0 - 1.0
        })
        .collect()
}

fn close(got: &[f32], want: &[f32]) {
    assert_eq!(got.len(), want.len());
    for (got, want) in got.iter().zip(want) {
        assert!((got - want).abs() < 1e-4, "{got} is not {want}");
    }
}

proptest! {
    #[test]
    fn dense_layers_equal_the_plain_sum(
        seed: u64,
        outputs in 1_usize..50,
        kernel in [1_usize..4, 1_usize..6],
        stride in [1_usize..3, 1_usize..3],
        padding in [0_usize..2, 0_usize..3],
        height in 4_usize..9,
        width in 6_usize..40,
        lanes in prop_oneof![Just(8_usize), Just(16), Just(24)],
        relu: bool,
    ) {
        let naive = Naive {
            inputs: 1,
            outputs,
            kernel,
            stride,
            padding,
            depthwise: false,
            relu,
            weights: numbers(seed, outputs * kernel[0] * kernel[1]),
            bias: numbers(!seed, outputs),
        };
        let input = numbers(seed ^ 7, height * width);
        let layers = [naive.packed(lanes, Residual::None)];
        let mut activations = lay_out(&layers, height, width);
        run(&layers, &mut activations, &input, height, width);
        close(&activations[1], &naive.apply(&input, [height, width]));
    }

    #[test]
    fn chains_with_a_connection_equal_the_plain_sum(
        seed: u64,
        channels in 1_usize..30,
        taps in 0_usize..4,
        width in 8_usize..40,
    ) {
        let layer = |outputs, inputs, depthwise: bool, kernel: [usize; 2], salt| Naive {
            inputs,
            outputs,
            kernel,
            stride: [1, 1],
            padding: [kernel[0] / 2, kernel[1] / 2],
            depthwise,
            relu: true,
            weights: numbers(
                seed ^ salt,
                outputs * if depthwise { 1 } else { inputs } * kernel[0] * kernel[1],
            ),
            bias: numbers(seed ^ salt ^ 0xff, outputs),
        };
        let first = layer(channels, 1, false, [3, 3], 1);
        let inner = layer(channels, channels, true, [1, 2 * taps + 1], 2);
        let outer = layer(channels, channels, false, [1, 1], 3);
        let size = [5, width];
        let input = numbers(seed ^ 5, 5 * width);

        let remembered = first.apply(&input, size);
        let mut want = outer.apply(&inner.apply(&remembered, size), size);
        for (value, kept) in want.iter_mut().zip(&remembered) {
            *value += kept;
        }

        let layers = [
            first.packed(16, Residual::None),
            inner.packed(8, Residual::Open),
            outer.packed(24, Residual::Close),
        ];
        let mut activations = lay_out(&layers, 5, width);
        run(&layers, &mut activations, &input, 5, width);
        close(&activations[3], &want);
        // The buffers are used again for the next line of the same width.
        run(&layers, &mut activations, &input, 5, width);
        close(&activations[3], &want);
    }
}
