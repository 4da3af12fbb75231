//! Bands on drawn pages: lines of blocks in the rhythm of OCR-B, in every position a page may lie in.

use image::{GrayImage, Luma};
use lectern_vision::locate::{Band, bands};
use model::Point;
use proptest::prelude::*;

/// Where a zone of drawn lines lies.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Centre of the zone, in pixels.
    centre: (f32, f32),
    /// Clockwise turn of the text in degrees.
    degrees: f32,
    /// Capital height in pixels.
    capital: f32,
    lines: usize,
    characters: usize,
    /// How far the lines sag in their middle, in capital heights.
    sag: f32,
}

impl Place {
    /// A point of the page from one of the zone: capital heights right of and below its centre.
    fn page(&self, right: f32, down: f32) -> Point {
        let half = self.characters as f32 * 1.06 / 2.0;
        let down = down + self.sag * (1.0 - (right / half).powi(2));
        let (sine, cosine) = self.degrees.to_radians().sin_cos();
        Point::new(
            self.centre.0 + (right * cosine - down * sine) * self.capital,
            self.centre.1 + (right * sine + down * cosine) * self.capital,
        )
    }

    /// Height of a line's centre in the zone, in capital heights.
    fn line(&self, index: usize) -> f32 {
        (index as f32 - (self.lines as f32 - 1.0) / 2.0) * 2.0
    }

    fn first(&self) -> f32 {
        -(self.characters as f32) * 1.06 / 2.0
    }

    /// Draws four strokes a character, not all of full height and in ever-changing places, so that
    /// the lines have the density and rhythm of print.
    fn draw(&self, page: &mut GrayImage) {
        let mut state = 12_345_u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        for line in 0..self.lines {
            for character in 0..self.characters {
                let left = self.first() + character as f32 * 1.06;
                let upright = next(3) as f32 * 0.2;
                let bars = [
                    (upright, 0.16 + upright, -0.5, 0.5),
                    (0.0, 0.5, -0.5, -0.36),
                    (0.1, 0.6, 0.36, 0.5),
                    (
                        0.52,
                        0.68,
                        -0.5 + next(2) as f32 * 0.5,
                        next(2) as f32 * 0.5,
                    ),
                ];
                for (from, to, top, bottom) in bars {
                    let steps = (self.capital * 3.0) as i32 + 3;
                    for i in 0..=steps {
                        for j in 0..=steps {
                            let x = from + (to - from) * i as f32 / steps as f32;
                            let y = top + (bottom - top) * j as f32 / steps as f32;
                            let at = self.page(left + x, self.line(line) + y);
                            if at.x >= 0.0
                                && at.y >= 0.0
                                && (at.x as u32) < page.width()
                                && (at.y as u32) < page.height()
                            {
                                page.put_pixel(at.x as u32, at.y as u32, Luma([40]));
                            }
                        }
                    }
                }
            }
        }
    }

    /// Whether a band lies on this zone the right way up, within a third of a capital height.
    fn is(&self, band: &Band) -> bool {
        band.lines.len() == self.lines
            && band.lines.iter().enumerate().all(|(index, line)| {
                let width = self.characters as f32 * 1.06 - 0.46;
                let off = |along: f32, across: f32| {
                    let (got, want) = (
                        line.point_at(along),
                        self.page(self.first() + width * across, self.line(index)),
                    );
                    (got.x - want.x).hypot(got.y - want.y) / self.capital
                };
                let height = line.height_at(0.5) / self.capital;
                off(0.0, 0.0) < 0.9
                    && off(1.0, 1.0) < 0.9
                    && off(0.5, 0.5) < 0.35
                    && (0.75..1.35).contains(&height)
            })
    }
}

const PLAIN: Place = Place {
    centre: (420.0, 300.0),
    degrees: 0.0,
    capital: 15.0,
    lines: 2,
    characters: 44,
    sag: 0.0,
};

fn blank(width: u32, height: u32) -> GrayImage {
    GrayImage::from_pixel(width, height, Luma([215]))
}

#[test]
fn zones_are_found_in_every_position() {
    let turned = |degrees| Place {
        degrees,
        centre: (450.0, 450.0),
        ..PLAIN
    };
    for (place, size, quarter_turns) in [
        (PLAIN, (840, 600), 0),
        (turned(5.0), (900, 900), 0),
        (turned(-17.0), (900, 900), 0),
        (turned(38.0), (900, 900), 0),
        (turned(90.0), (900, 900), 3),
        (turned(180.0), (900, 900), 2),
        (turned(-90.0), (900, 900), 1),
        (turned(203.0), (900, 900), 2),
        (
            Place {
                lines: 3,
                characters: 30,
                capital: 18.0,
                ..PLAIN
            },
            (840, 600),
            0,
        ),
        (
            Place {
                characters: 36,
                ..PLAIN
            },
            (840, 600),
            0,
        ),
        // Small on the page, and small altogether.
        (
            Place {
                capital: 7.0,
                centre: (900.0, 1500.0),
                ..PLAIN
            },
            (1400, 1900),
            0,
        ),
        (
            Place {
                capital: 6.0,
                centre: (160.0, 150.0),
                ..PLAIN
            },
            (320, 200),
            0,
        ),
        // A bent page.
        (Place { sag: 1.2, ..PLAIN }, (840, 600), 0),
        // The lower edge of a large scan.
        (
            Place {
                capital: 40.0,
                centre: (1100.0, 1500.0),
                ..PLAIN
            },
            (2200, 1700),
            0,
        ),
    ] {
        let mut page = blank(size.0, size.1);
        place.draw(&mut page);
        let found = bands(&page).take(8).position(|band| place.is(&band));
        assert!(found.is_some(), "{place:?} was not found");
        let band = bands(&page).find(|band| place.is(band)).unwrap();
        assert_eq!(band.quarter_turns, quarter_turns, "{place:?}");
    }
}

#[test]
fn every_band_is_followed_by_its_twin() {
    let mut page = blank(840, 600);
    PLAIN.draw(&mut page);
    let all: Vec<Band> = bands(&page).collect();
    assert!(!all.is_empty() && all.len().is_multiple_of(2));
    for pair in all.chunks(2) {
        assert_eq!(pair[1], pair[0].reversed());
    }
    // The same page gives the same bands.
    assert_eq!(bands(&page).collect::<Vec<_>>(), all);
}

#[test]
fn two_documents_on_a_page_are_both_found() {
    let upper = Place {
        centre: (420.0, 250.0),
        ..PLAIN
    };
    let lower = Place {
        centre: (420.0, 900.0),
        lines: 3,
        characters: 30,
        capital: 17.0,
        ..PLAIN
    };
    let mut page = blank(840, 1100);
    upper.draw(&mut page);
    lower.draw(&mut page);
    let first: Vec<Band> = bands(&page).take(12).collect();
    assert!(first.iter().any(|band| upper.is(band)));
    assert!(first.iter().any(|band| lower.is(band)));
}

#[test]
fn bands_at_hand_are_counted() {
    let mut page = blank(840, 600);
    PLAIN.draw(&mut page);
    let mut found = bands(&page);
    assert_eq!(found.size_hint().0, 0);
    found.next().unwrap();
    // At least the twin is there without a further step.
    assert!(found.size_hint().0 >= 1);
}

#[test]
fn empty_pages_give_no_bands() {
    for (width, height) in [(0, 0), (1, 1), (15, 4000), (16, 16), (640, 480), (3000, 20)] {
        assert_eq!(
            bands(&blank(width, height)).count(),
            0,
            "{width} × {height}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn arbitrary_pages_never_panic_and_end(
        width in 1_u32..260,
        height in 1_u32..200,
        seed: u32,
        levels in 1_u32..256,
        grain in 1_u32..9,
    ) {
        let page = GrayImage::from_fn(width, height, |x, y| {
            let cell = (x / grain).wrapping_mul(2_654_435_761) ^ (y / grain).wrapping_mul(40_503) ^ seed;
            let value = cell.wrapping_mul(cell | 1) >> 13;
            Luma([(value % levels) as u8])
        });
        let found: Vec<Band> = bands(&page).collect();
        prop_assert!(found.len() < 400);
        for band in &found {
            prop_assert!((1..=3).contains(&band.lines.len()));
            prop_assert!(band.quarter_turns < 4);
            for line in &band.lines {
                let numbers = [
                    line.start.x, line.start.y, line.end.x, line.end.y, line.bow,
                    line.height_start, line.height_end,
                ];
                prop_assert!(numbers.iter().all(|number| number.is_finite()));
                prop_assert!(line.height_start > 0.0 && line.height_end > 0.0);
            }
        }
    }
}
