//! Arbitrary files to the decoder of pictures, and arbitrary pixels to the search for lines.
//!
//! The first byte chooses: a file as it is; a page of raw pixels; or a page on which rows of strokes
//! are drawn at any angle, size and distance, which lead deep into the search.
#![no_main]

mod bytes;

use std::cell::RefCell;

use bytes::Bytes;
use image::{GrayImage, Luma, RgbImage, imageops};
use libfuzzer_sys::fuzz_target;
use model::Point;
use vision::{
    Limits, Recogniser as _,
    locate::{self, TextLine},
    network::Network,
    strip::{self, Jitter, StripShape},
};

/// Small, so that thousands of pages are searched in a minute.
const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    pixels: 400_000,
    side: 2_000,
    pages: 3,
};

/// Bands looked at on one page.
const BANDS: usize = 12;

thread_local! {
    static NETWORK: RefCell<Network> = RefCell::new(Network::mrz().expect("the weights are whole"));
}

fuzz_target!(|input: &[u8]| {
    let mut bytes = Bytes(input);
    match bytes.byte() % 4 {
        0 => file(bytes.0),
        1 => search(&raw(&mut bytes)),
        2 => search(&drawn(&mut bytes)),
        _ => line(&mut bytes),
    }
});

fn file(bytes: &[u8]) {
    let _ = vision::media_type(bytes);
    let Ok(decoded) = vision::decode(bytes, &LIMITS) else {
        return;
    };
    assert!(!decoded.pages.is_empty() && decoded.pages.len() <= LIMITS.pages);
    let pixels: u64 = decoded
        .pages
        .iter()
        .map(|page| u64::from(page.width()) * u64::from(page.height()))
        .sum();
    assert!(pixels <= LIMITS.pixels, "limits hold");
    for page in &decoded.pages {
        assert!(page.width() > 0 && page.height() > 0);
        if u64::from(page.width()) * u64::from(page.height()) <= 100_000 {
            search(&grey(page));
        }
    }
}

fn grey(page: &RgbImage) -> GrayImage {
    imageops::grayscale(page)
}

/// Finds bands, cuts their lines and reads the first of them.
fn search(page: &GrayImage) {
    for (number, band) in locate::bands(page).take(BANDS).enumerate() {
        assert!(!band.lines.is_empty() && band.lines.len() <= 3);
        assert!(band.score.is_finite() && band.quarter_turns < 4);
        let twin = band.reversed();
        assert_eq!(twin.lines.len(), band.lines.len());
        for text in &band.lines {
            let numbers = [
                text.start.x,
                text.start.y,
                text.end.x,
                text.end.y,
                text.bow,
                text.height_start,
                text.height_end,
            ];
            assert!(numbers.iter().all(|one| one.is_finite()), "{text:?}");
            assert!(text.height_start > 0.0 && text.height_end > 0.0, "{text:?}");
            if number < 2 {
                cut(page, text, number == 0);
            }
        }
    }
}

fn cut(page: &GrayImage, text: &TextLine, recognised: bool) {
    NETWORK.with_borrow_mut(|network| {
        let shape: StripShape = network.shape();
        let strip = strip::cut(page, text, shape, Jitter::NONE);
        assert_eq!(strip.pixels.height(), shape.height);
        assert_eq!(strip.edges.len(), strip.pixels.width() as usize + 1);
        let finite = |point: &Point| point.x.is_finite() && point.y.is_finite();
        assert!(
            strip
                .edges
                .iter()
                .all(|(upper, lower)| finite(upper) && finite(lower))
        );
        if recognised {
            let lattice = network
                .recognise(&strip)
                .expect("the strip has the network's height");
            assert!(
                lattice.log_probabilities.iter().all(|one| *one <= 1e-4),
                "log-probabilities"
            );
            for corner in lattice.quad(0, lattice.steps()).0 {
                assert!(finite(&corner));
            }
        }
    });
}

/// Any line within reason on any page: straightening it must hold whatever the search proposes.
fn line(bytes: &mut Bytes<'_>) {
    let page = raw(bytes);
    let mut number = |scale: f32| (bytes.below(65_536) as f32 / 65_535.0 - 0.5) * scale;
    let text = TextLine {
        start: Point::new(number(4000.0), number(4000.0)),
        end: Point::new(number(4000.0), number(4000.0)),
        bow: number(800.0),
        height_start: number(400.0).abs(),
        height_end: number(400.0).abs(),
    };
    cut(&page, &text, false);
    cut(&page, &text.reversed(), false);
}

/// A page of the input's pixels, enlarged and repeated.
fn raw(bytes: &mut Bytes<'_>) -> GrayImage {
    let (width, height) = (bytes.below(257) as u32, bytes.below(257) as u32);
    let zoom = 1 + u32::from(bytes.byte() % 9);
    let pixels = bytes.0;
    let row = (width / zoom).max(1) as usize;
    GrayImage::from_fn(width, height, |x, y| {
        let at = (y / zoom) as usize * row + (x / zoom) as usize;
        Luma([pixels.get(at % pixels.len().max(1)).copied().unwrap_or(255)])
    })
}

/// Blocks of strokes: each block is a row of upright marks at an angle, some missing, some broken.
fn drawn(bytes: &mut Bytes<'_>) -> GrayImage {
    let (width, height) = (64 + bytes.below(400) as u32, 64 + bytes.below(400) as u32);
    let paper = bytes.byte() | 0x60;
    let mut page = GrayImage::from_pixel(width, height, Luma([paper]));
    for _ in 0..1 + bytes.byte() % 6 {
        let (x, y) = (
            bytes.below(width as usize) as f32,
            bytes.below(height as usize) as f32,
        );
        let turn = f32::from(bytes.byte()) / 256.0 * std::f32::consts::TAU;
        let (forward, down) = ((turn.cos(), turn.sin()), (-turn.sin(), turn.cos()));
        let capital = 4.0 + f32::from(bytes.byte() % 24);
        let (marks, lines) = (1 + bytes.byte() % 60, 1 + bytes.byte() % 4);
        let (ink, seed) = (bytes.byte(), u32::from(bytes.byte()) + 1);
        let mut state = seed;
        for row in 0..lines {
            for mark in 0..marks {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let strokes = [0.0, (state >> 20 & 3) as f32 * 0.15, 0.5];
                for (stroke, across) in strokes.into_iter().enumerate() {
                    if state >> (24 + stroke) & 1 == 0 {
                        continue;
                    }
                    for part in 0..(2.0 * capital) as u32 {
                        let along = (f32::from(mark) + across) * capital * 0.95;
                        let below = f32::from(row) * capital * 2.4 + part as f32 / 2.0;
                        let px = x + forward.0 * along + down.0 * below;
                        let py = y + forward.1 * along + down.1 * below;
                        if px >= 0.0 && py >= 0.0 && (px as u32) < width && (py as u32) < height {
                            page.put_pixel(px as u32, py as u32, Luma([ink]));
                        }
                    }
                }
            }
        }
    }
    let noise = bytes.0;
    if !noise.is_empty() {
        for (at, pixel) in page.pixels_mut().enumerate() {
            pixel.0[0] = pixel.0[0].wrapping_add(noise[at % noise.len()] % 8);
        }
    }
    page
}
