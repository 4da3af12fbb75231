//! The two networks, and the machine that runs them.
//!
//! Their files are ordinary ONNX under gzip (`weights/text/README.md` says whence they come). They
//! are unpacked once for the whole process, on first use, and shared by all readers; every reader
//! runs them on its own single thread, so that a page's cost does not depend on its neighbours and
//! the order of additions, hence the answer, does not depend on the number of threads.

use std::{
    io::Read,
    sync::{Arc, LazyLock},
};

use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::{NdTensorView, Tensor};

use crate::error::RecogniseError;

static DETECTOR: LazyLock<Result<Model, String>> =
    LazyLock::new(|| unpack(include_bytes!("../../weights/text/detector.onnx.gz")));

static RECOGNISER: LazyLock<Result<Model, String>> =
    LazyLock::new(|| unpack(include_bytes!("../../weights/text/recogniser.onnx.gz")));

fn unpack(packed: &[u8]) -> Result<Model, String> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    ModelOptions::with_all_ops()
        .load(bytes)
        .map_err(|error| error.to_string())
}

/// One of the networks, ready to run.
pub(super) struct Engine {
    model: &'static Model,
    /// One thread of its own.
    threads: Arc<ThreadPool>,
}

impl Engine {
    /// The network that marks where text stands: a picture of 3 × H × W (both multiples of 32) to
    /// a probability for every pixel.
    pub(super) fn detector() -> Result<Self, RecogniseError> {
        Self::new(&DETECTOR)
    }

    /// The network that reads a line: 3 × 48 × W (a multiple of 8) to W/8 distributions over the
    /// blank and the alphabet.
    pub(super) fn recogniser() -> Result<Self, RecogniseError> {
        Self::new(&RECOGNISER)
    }

    fn new(model: &'static Result<Model, String>) -> Result<Self, RecogniseError> {
        let model = model.as_ref().map_err(|reason| RecogniseError::Weights {
            reason: reason.clone(),
        })?;
        Ok(Self {
            model,
            threads: Arc::new(ThreadPool::with_num_threads(1)),
        })
    }

    /// The network's answer, row-major, to three planes of `height` × `width` values.
    pub(super) fn run(
        &self,
        planes: &[f32],
        height: usize,
        width: usize,
    ) -> Result<Vec<f32>, RecogniseError> {
        let failed = |reason: String| RecogniseError::Network { reason };
        let input = NdTensorView::try_from_data([1, 3, height, width], planes)
            .map_err(|error| failed(error.to_string()))?;
        let options = RunOptions::default().with_thread_pool(Some(self.threads.clone()));
        let output = self
            .model
            .run_one(input.into(), Some(options))
            .map_err(|error| failed(error.to_string()))?;
        let output: Tensor<f32> = output
            .try_into()
            .map_err(|error: rten::TryFromValueError| failed(error.to_string()))?;
        Ok(output.into_data())
    }
}
