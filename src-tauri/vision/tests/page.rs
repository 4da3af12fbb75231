//! Documents drawn on pages: found where they lie, straightened, and left alone where nothing is sure.

use image::{Rgb, RgbImage, imageops};
use lectern_vision::page::{View, views};
use model::{Homography, Point, Quad};

/// A card of 856 × 540: a border of its own colour, a portrait, lines of strokes like print.
fn card() -> RgbImage {
    let mut dice = 5_u32;
    let mut roll = move |below: u32| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 16) % below
    };
    let mut card = RgbImage::from_fn(856, 540, |x, y| {
        let wave = ((x as f32 / 31.0).sin() + (y as f32 / 23.0).cos()) * 5.0;
        Rgb([(205.0 + wave) as u8, (214.0 + wave) as u8, 228])
    });
    for (x, y, pixel) in card.enumerate_pixels_mut() {
        if (40..260).contains(&x) && (120..400).contains(&y) {
            let shade = 90 + ((x / 9 + y / 7) % 40) as u8;
            *pixel = Rgb([shade, shade - 20, shade - 30]);
        }
    }
    for top in (60..500).step_by(40) {
        let mut x = 300;
        while x < 800 {
            let (width, height) = (3 + roll(3), 14 + roll(8));
            for (column, row) in (0..width).flat_map(|c| (0..height).map(move |r| (c, r))) {
                card.put_pixel(x + column, top + row, Rgb([30, 30, 40]));
            }
            x += width + 3 + roll(5) + if roll(7) == 0 { 16 } else { 0 };
        }
    }
    card
}

/// The card laid over a page so that its corners are at the quad's.
fn lay(page: &mut RgbImage, card: &RgbImage, quad: &Quad) {
    let whole = Quad::rectangle(0.0, 0.0, card.width() as f32, card.height() as f32);
    let card_from_page = Homography::between(quad, &whole).expect("no quad here is flat");
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let at = card_from_page.apply(Point::new(x as f32 + 0.5, y as f32 + 0.5));
        let inside =
            at.x >= 0.0 && at.y >= 0.0 && at.x < card.width() as f32 && at.y < card.height() as f32;
        if inside {
            *pixel = *card.get_pixel(at.x as u32, at.y as u32);
        }
    }
}

/// A rectangle of the given size, turned by so many degrees about its middle.
fn turned(middle: (f32, f32), size: (f32, f32), degrees: f32) -> Quad {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let corner = |across: f32, down: f32| {
        let (u, v) = (across * size.0 / 2.0, down * size.1 / 2.0);
        Point::new(
            middle.0 + u * cosine - v * sine,
            middle.1 + u * sine + v * cosine,
        )
    };
    Quad([
        corner(-1.0, -1.0),
        corner(1.0, -1.0),
        corner(1.0, 1.0),
        corner(-1.0, 1.0),
    ])
}

/// Where the view's picture lies on the page.
fn outline(view: &View) -> Quad {
    let (width, height) = view.picture.dimensions();
    view.page_from_view
        .quad(&Quad::rectangle(0.0, 0.0, width as f32, height as f32))
}

fn assert_near(found: &Quad, expected: &Quad, within: f32) {
    for (found, expected) in found.0.iter().zip(expected.0) {
        let apart = (found.x - expected.x).hypot(found.y - expected.y);
        assert!(apart <= within, "{found:?} instead of {expected:?}");
    }
}

fn codes(view: &View) -> Vec<&str> {
    view.problems
        .iter()
        .map(|problem| problem.code.as_str())
        .collect()
}

#[test]
fn a_tilted_card_on_an_even_ground_is_straightened() {
    for (ground, degrees) in [
        ([40, 42, 45], 0.0),
        ([250, 250, 250], 7.0),
        ([120, 90, 60], -20.0),
    ] {
        let mut page = RgbImage::from_pixel(1500, 1100, Rgb(ground));
        let expected = turned((760.0, 540.0), (856.0, 540.0), degrees);
        lay(&mut page, &card(), &expected);
        let views = views(&page);
        let [view] = views.as_slice() else {
            panic!("{} views", views.len());
        };
        assert!(view.card, "{degrees}°");
        // The view has a margin of less than a hundredth of the card.
        assert_near(&outline(view), &expected, 20.0);
        assert_eq!(view.size, Some((85.6, 53.98)));
        assert!(codes(view).is_empty(), "{:?}", codes(view));
        let resolution = view.quality.resolution.unwrap();
        assert!((resolution - 254.0).abs() < 12.0, "{resolution}");
    }
}

#[test]
fn a_card_seen_aside_becomes_a_rectangle() {
    let mut page = RgbImage::from_pixel(1600, 1200, Rgb([35, 38, 40]));
    let expected = Quad([
        Point::new(330.0, 240.0),
        Point::new(1240.0, 300.0),
        Point::new(1330.0, 930.0),
        Point::new(250.0, 850.0),
    ]);
    lay(&mut page, &card(), &expected);
    let views = views(&page);
    assert_eq!(views.len(), 1);
    assert!(views[0].card);
    assert_near(&outline(&views[0]), &expected, 24.0);
    let (width, height) = views[0].picture.dimensions();
    let relation = width as f32 / height as f32;
    assert!((relation - 1.586).abs() < 0.12, "{relation}");
}

#[test]
fn a_card_before_a_busy_ground_is_found() {
    let mut page = RgbImage::from_fn(1400, 1000, |x, y| {
        // Boards of a table with their grain.
        let board = ((y / 170) * 23 % 40) as u8;
        let grain = ((x as f32 / 60.0 + y as f32 / 3.0).sin() * 9.0) as i16;
        let shade = 70 + i16::from(board) + grain;
        Rgb([shade as u8, (shade * 3 / 4) as u8, (shade / 2) as u8])
    });
    let expected = turned((700.0, 510.0), (856.0, 540.0), 6.0);
    lay(&mut page, &card(), &expected);
    let views = views(&page);
    assert_eq!(views.len(), 1);
    assert!(views[0].card);
    assert_near(&outline(&views[0]), &expected, 20.0);
}

#[test]
fn cards_on_one_sheet_become_views_in_reading_order() {
    let mut page = RgbImage::from_pixel(2000, 1500, Rgb([248, 248, 250]));
    let places = [
        turned((480.0, 360.0), (800.0, 505.0), 2.0),
        turned((1500.0, 380.0), (800.0, 505.0), -3.0),
        turned((500.0, 1080.0), (800.0, 505.0), -5.0),
        turned((1490.0, 1100.0), (800.0, 505.0), 4.0),
    ];
    for place in &places {
        lay(&mut page, &card(), place);
    }
    let views = views(&page);
    assert_eq!(views.len(), 4);
    for (view, expected) in views.iter().zip(&places) {
        assert!(view.card);
        assert_near(&outline(view), expected, 24.0);
    }
}

/// The card, its ground bleached so that it all but fades into paper of 248 to the right.
fn pale(card: &RgbImage) -> RgbImage {
    let mut pale = card.clone();
    for (x, _, pixel) in pale.enumerate_pixels_mut() {
        if pixel.0[0] > 180 {
            let fading = 226.0 + 16.0 * x as f32 / card.width() as f32;
            *pixel = Rgb([fading as u8, fading as u8 + 1, fading as u8 + 2]);
        }
    }
    pale
}

#[test]
fn pale_cards_on_pale_paper_are_found_by_the_size_they_share() {
    let mut page = RgbImage::from_pixel(2000, 2200, Rgb([248, 248, 250]));
    let places = [
        turned((480.0, 360.0), (800.0, 505.0), 2.0),
        turned((1500.0, 380.0), (800.0, 505.0), -3.0),
        turned((500.0, 1080.0), (800.0, 505.0), -5.0),
        turned((1490.0, 1100.0), (800.0, 505.0), 184.0),
        turned((480.0, 1800.0), (800.0, 505.0), 1.0),
    ];
    for (number, place) in places.iter().enumerate() {
        let card = card();
        let card = if number % 2 == 0 { pale(&card) } else { card };
        lay(&mut page, &card, place);
    }
    let views = views(&page);
    assert_eq!(views.len(), 5);
    for place in &places {
        let middle = |quad: &Quad| {
            let mean = |of: fn(&Point) -> f32| quad.0.iter().map(of).sum::<f32>() / 4.0;
            (mean(|point| point.x), mean(|point| point.y))
        };
        let (x, y) = middle(place);
        let found = views.iter().find(|view| {
            let (left, top) = middle(&outline(view));
            (left - x).hypot(top - y) < 16.0
        });
        let size = found.and_then(|view| view.size);
        assert_eq!(size, Some((85.6, 53.98)), "{place:?}");
    }
}

#[test]
fn cards_on_a_grained_table_are_found() {
    let mut page = RgbImage::from_fn(2000, 1500, |x, y| {
        let grain =
            ((x as f32 / 90.0 + y as f32 / 4.0).sin() * 8.0 + (y as f32 / 37.0).sin() * 9.0) as i16;
        let shade = 96 + grain;
        Rgb([shade as u8, (shade * 3 / 4) as u8, (shade / 2) as u8])
    });
    for place in [
        turned((480.0, 360.0), (800.0, 505.0), 2.0),
        turned((1500.0, 380.0), (800.0, 505.0), -3.0),
        turned((990.0, 1100.0), (800.0, 505.0), 6.0),
    ] {
        lay(&mut page, &card(), &place);
    }
    assert_eq!(views(&page).iter().filter(|view| view.card).count(), 3);
}

#[test]
fn panels_of_one_document_are_no_cards() {
    // An open booklet: two panels of a card's shape, a heading above them and a line of print between.
    let mut page = RgbImage::from_pixel(1500, 1900, Rgb([246, 240, 226]));
    let strokes = imageops::crop_imm(&card(), 300, 50, 500, 60).to_image();
    let mut print = |left: u32, top: u32| {
        for (x, y, pixel) in strokes.enumerate_pixels() {
            if pixel.0[0] < 100 {
                page.put_pixel(left + x, top + y, *pixel);
            }
        }
    };
    for top in [60, 130, 200, 900, 970, 1700] {
        for left in [120, 640] {
            print(left, top);
        }
    }
    for top in [320.0, 1100.0] {
        let panel = Quad::rectangle(250.0, top, 1106.0, top + 540.0);
        lay(&mut page, &card(), &panel);
    }
    let views = views(&page);
    assert_eq!(views.len(), 1);
    let (left, top, right, bottom) = outline(&views[0]).bounds();
    assert!(left < 1.0 && top < 1.0 && right > 1499.0 && bottom > 1899.0);
}

#[test]
fn a_tight_scan_stays_whole() {
    // Its portrait and its lines of print are rectangles, but none is the document.
    for width in [500, 856, 2000] {
        let height = width * 540 / 856;
        let page = imageops::resize(&card(), width, height, imageops::FilterType::Triangle);
        let views = views(&page);
        assert_eq!(views.len(), 1);
        assert!(!views[0].card);
        let expected = Quad::rectangle(0.0, 0.0, width as f32, height as f32);
        assert_near(&outline(&views[0]), &expected, 0.5);
        assert!(views[0].picture.width() <= 1600);
    }
}

#[test]
fn text_beside_a_frame_keeps_the_page_whole() {
    let mut page = RgbImage::from_pixel(1000, 1400, Rgb([250, 250, 250]));
    lay(
        &mut page,
        &card(),
        &Quad::rectangle(100.0, 120.0, 900.0, 625.0),
    );
    // A letter below it: print alone, without the card's colour.
    let letter = imageops::crop_imm(&card(), 300, 50, 500, 450).to_image();
    for (left, top) in [(100, 750), (450, 760)] {
        for (x, y, pixel) in letter.enumerate_pixels() {
            if pixel.0[0] < 100 {
                page.put_pixel(left + x, top + y, *pixel);
            }
        }
    }
    let views = views(&page);
    assert_eq!(views.len(), 1);
    let seen = outline(&views[0]);
    let (_, top, _, bottom) = seen.bounds();
    assert!(top < 1.0 && bottom > 1399.0, "text was cut away");
}

#[test]
fn problems_say_what_to_do_again() {
    let card = card();
    let codes_of = |page: &RgbImage| -> Vec<String> {
        let views = views(page);
        views[0]
            .problems
            .iter()
            .map(|problem| problem.code.clone())
            .collect()
    };
    let large = imageops::resize(&card, 1284, 810, imageops::FilterType::Triangle);
    assert!(codes_of(&large).is_empty());
    assert!(codes_of(&imageops::blur(&large, 6.0)).contains(&"page_blurred".to_owned()));
    let mut pale = large.clone();
    for value in pale.iter_mut() {
        *value = 190 + *value / 12;
    }
    assert!(codes_of(&pale).contains(&"page_low_contrast".to_owned()));
    let mut lit = large.clone();
    for (x, y, pixel) in lit.enumerate_pixels_mut() {
        if (x as f32 - 800.0).hypot(y as f32 - 300.0) < 120.0 {
            *pixel = Rgb([255; 3]);
        }
    }
    assert!(codes_of(&lit).contains(&"page_glare".to_owned()));
    let small = imageops::resize(&card, 400, 252, imageops::FilterType::Triangle);
    assert_eq!(codes_of(&small), ["page_low_resolution", "picture_small"]);
}

#[test]
fn odd_pages_have_one_view_or_none() {
    for (width, height) in [(1, 1), (1, 3000), (5000, 2), (63, 63), (64, 64)] {
        let page = RgbImage::from_pixel(width, height, Rgb([200, 10, 90]));
        let views = views(&page);
        assert_eq!(views.len(), 1, "{width} × {height}");
        assert!(!views[0].card);
    }
    assert!(views(&RgbImage::new(0, 5)).is_empty());
}
