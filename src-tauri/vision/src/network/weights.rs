//! The file of weights: safetensors, with the list of layers in its metadata.
//!
//! Metadata `format` is `lectern-ctc-1`; `alphabet` holds the symbols of the classes 1… (class 0 is
//! the blank); `height` and `capital` describe the strip; `layers` is a JSON array in the order of
//! execution. A layer `n` owns the tensors `n.weight` (out, in / groups, kernel height, kernel width)
//! and `n.bias` (out), both 32-bit floats, batch normalisation folded in.

use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;

use crate::error::RecogniseError;

/// What a layer has to do with a connection around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Residual {
    /// Nothing.
    None,
    /// Its input is remembered.
    Open,
    /// What was remembered is added to its output.
    Close,
}

#[derive(Debug, Deserialize)]
struct Description {
    name: String,
    #[serde(rename = "in")]
    inputs: usize,
    out: usize,
    /// Height and width, as in all pairs here.
    kernel: [usize; 2],
    stride: [usize; 2],
    padding: [usize; 2],
    groups: usize,
    relu: bool,
    residual: Residual,
}

/// How the channels of a layer's input and output hang together.
#[derive(Debug)]
pub(super) enum Kind {
    /// Every output channel sees every input channel.
    ///
    /// The weights lie as the loops walk them: blocks of `lanes` output channels; in each block the
    /// kernel's rows, columns and input channels; innermost the lanes, filled up with zeros.
    Dense { lanes: usize },
    /// Every channel sees itself alone: weights as kernel rows, columns, channels.
    Depthwise,
}

#[derive(Debug)]
pub(super) struct Layer {
    pub(super) kind: Kind,
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) kernel: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) padding: [usize; 2],
    pub(super) relu: bool,
    pub(super) residual: Residual,
    pub(super) weights: Vec<f32>,
    /// One per output channel, filled up with zeros to a whole block of lanes.
    pub(super) bias: Vec<f32>,
}

impl Layer {
    /// Size of the output for an input of this size.
    pub(super) fn output_size(&self, [height, width]: [usize; 2]) -> [usize; 2] {
        let along = |axis: usize, length: usize| {
            (length + 2 * self.padding[axis]).saturating_sub(self.kernel[axis]) / self.stride[axis]
                + 1
        };
        [along(0, height), along(1, width)]
    }
}

#[derive(Debug)]
pub(super) struct Weights {
    pub(super) alphabet: Vec<char>,
    /// Rows of the strip.
    pub(super) height: usize,
    /// Capital height as a share of the strip.
    pub(super) capital: f32,
    /// Columns of the strip to one step of the output.
    pub(super) stride: usize,
    pub(super) layers: Vec<Layer>,
}

impl Weights {
    /// Reads and checks a file: whatever passes here runs without a further question.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, RecogniseError> {
        let wrong = |reason: String| RecogniseError::Weights { reason };
        let (_, header) =
            SafeTensors::read_metadata(bytes).map_err(|error| wrong(error.to_string()))?;
        let tensors = SafeTensors::deserialize(bytes).map_err(|error| wrong(error.to_string()))?;
        let metadata = |key: &str| {
            header
                .metadata()
                .as_ref()
                .and_then(|map| map.get(key))
                .map(String::as_str)
                .ok_or_else(|| wrong(format!("metadata `{key}` is missing")))
        };
        if metadata("format")? != "lectern-ctc-1" {
            return Err(wrong("the format is not `lectern-ctc-1`".to_owned()));
        }
        let height: usize = metadata("height")?
            .parse()
            .map_err(|_| wrong("metadata `height` is no number".to_owned()))?;
        let capital: f32 = metadata("capital")?
            .parse()
            .map_err(|_| wrong("metadata `capital` is no number".to_owned()))?;
        let descriptions: Vec<Description> =
            serde_json::from_str(metadata("layers")?).map_err(|error| wrong(error.to_string()))?;
        let alphabet: Vec<char> = metadata("alphabet")?.chars().collect();
        let layers = descriptions
            .iter()
            .map(|description| layer(description, &tensors))
            .collect::<Result<Vec<_>, _>>()
            .map_err(wrong)?;
        check_chain(&layers, height, alphabet.len() + 1).map_err(wrong)?;
        Ok(Self {
            stride: layers.iter().map(|layer| layer.stride[1]).product(),
            alphabet,
            height,
            capital,
            layers,
        })
    }
}

fn layer(description: &Description, tensors: &SafeTensors<'_>) -> Result<Layer, String> {
    let Description {
        name,
        inputs,
        out,
        kernel,
        stride,
        padding,
        groups,
        relu,
        residual,
    } = description;
    let sizes = [*inputs, *out, kernel[0], kernel[1], stride[0], stride[1]];
    if sizes.iter().any(|&size| size == 0 || size > 4096) || padding.iter().any(|&pad| pad > 64) {
        return Err(format!("layer `{name}` has an impossible size"));
    }
    let depthwise = *groups > 1;
    if depthwise && !(groups == inputs && groups == out) {
        return Err(format!("layer `{name}` is neither dense nor depthwise"));
    }
    let group_inputs = inputs / groups;
    let weights = tensor(
        tensors,
        &format!("{name}.weight"),
        &[*out, group_inputs, kernel[0], kernel[1]],
    )?;
    let bias = tensor(tensors, &format!("{name}.bias"), &[*out])?;
    let taps = kernel[0] * kernel[1];
    let lanes = lanes_for(*out);
    let (kind, weights, bias) = if depthwise {
        let packed = (0..taps)
            .flat_map(|tap| weights.iter().copied().skip(tap).step_by(taps))
            .collect();
        (Kind::Depthwise, packed, bias)
    } else {
        let at = |channel: usize, input: usize, tap: usize| {
            let index = (channel * inputs + input) * taps + tap;
            weights.get(index).copied().filter(|_| channel < *out)
        };
        let mut packed = Vec::with_capacity(out.next_multiple_of(lanes) * inputs * taps);
        for block in (0..*out).step_by(lanes) {
            for tap in 0..taps {
                for input in 0..*inputs {
                    packed.extend(
                        (block..block + lanes)
                            .map(|channel| at(channel, input, tap).unwrap_or(0.0)),
                    );
                }
            }
        }
        let mut bias = bias;
        bias.resize(out.next_multiple_of(lanes), 0.0);
        (Kind::Dense { lanes }, packed, bias)
    };
    Ok(Layer {
        kind,
        inputs: *inputs,
        outputs: *out,
        kernel: *kernel,
        stride: *stride,
        padding: *padding,
        relu: *relu,
        residual: *residual,
        weights,
        bias,
    })
}

/// The block width that wastes the fewest lanes; of equals the widest.
fn lanes_for(outputs: usize) -> usize {
    [24, 16, 8]
        .into_iter()
        .min_by_key(|&lanes| outputs.next_multiple_of(lanes))
        .unwrap_or(8)
}

fn tensor(tensors: &SafeTensors<'_>, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
    let view = tensors
        .tensor(name)
        .map_err(|_| format!("tensor `{name}` is missing"))?;
    if view.dtype() != Dtype::F32 || view.shape() != shape {
        return Err(format!(
            "tensor `{name}` is {:?} of shape {:?}, not F32 of shape {shape:?}",
            view.dtype(),
            view.shape()
        ));
    }
    let values: Vec<f32> = view
        .data()
        .as_chunks()
        .0
        .iter()
        .map(|&four| f32::from_le_bytes(four))
        .collect();
    if values.iter().all(|value| value.is_finite()) {
        Ok(values)
    } else {
        Err(format!("tensor `{name}` holds a value that is not finite"))
    }
}

/// Every layer must take what the one before gives, connections must open before they close and
/// keep their shape, and the last layer must give one row of classes.
fn check_chain(layers: &[Layer], height: usize, classes: usize) -> Result<(), String> {
    // A width that every stride divides, so that shapes compare as they will at run time.
    let mut size = [height, 512];
    let mut channels = 1;
    let mut opened = None;
    for (index, layer) in layers.iter().enumerate() {
        if layer.inputs != channels {
            return Err(format!("layer {index} does not take {channels} channels"));
        }
        if size[0] + 2 * layer.padding[0] < layer.kernel[0] {
            return Err(format!("layer {index} is higher than its input"));
        }
        match layer.residual {
            Residual::Open => opened = Some((size, channels)),
            Residual::Close | Residual::None => {}
        }
        size = layer.output_size(size);
        channels = layer.outputs;
        if layer.residual == Residual::Close && opened.take() != Some((size, channels)) {
            return Err(format!(
                "layer {index} closes a connection that does not fit"
            ));
        }
    }
    let stride: usize = layers.iter().map(|layer| layer.stride[1]).product();
    if layers.is_empty() || size[0] != 1 || channels != classes || size[1] * stride < 512 {
        return Err(format!(
            "the layers do not end in one row of {classes} classes"
        ));
    }
    Ok(())
}
