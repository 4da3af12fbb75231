//! Time of one line through the network, and its multiply-adds per second.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use image::GrayImage;
use lectern_vision::{Recogniser, network::Network, strip::Strip};
use model::Point;

/// Multiplications of the network in `weights/mrz.safetensors` for 24 × 728 pixels.
const MULTIPLY_ADDS: u64 = 28_000_000;

fn line(criterion: &mut Criterion) {
    // A line of 44 characters at the network's height, give or take its margins.
    let width = 728;
    let strip = Strip {
        pixels: GrayImage::from_fn(width, 24, |x, y| [((x * 31) ^ (y * 57)) as u8].into()),
        edges: vec![(Point::default(), Point::default()); width as usize + 1],
    };
    let Ok(mut network) = Network::mrz() else {
        return;
    };
    let mut group = criterion.benchmark_group("network");
    group.throughput(Throughput::Elements(MULTIPLY_ADDS));
    group.bench_function("line of 44", |bencher| {
        bencher.iter(|| network.recognise(&strip));
    });
    group.finish();
}

criterion_group!(benches, line);
criterion_main!(benches);
