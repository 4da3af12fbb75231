//! Pictures for screens: whole pages, thumbnails and crops of evidence, encoded.

use std::borrow::Cow;

use image::{
    ExtendedColorType, GrayImage, ImageEncoder, ImageError, RgbImage,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
    imageops,
};
use model::{Point, Quad};

use crate::error::PictureError;

/// Longer side of a thumbnail.
const THUMBNAIL_SIDE: u32 = 300;

/// Quality at which letters keep clean edges.
const QUALITY: u8 = 88;

/// Longer side of a crop at most: no field is larger on a screen.
const CROP_SIDE: f32 = 4000.0;

/// The page as PNG, reduced so that its longer side is at most `max_side`.
pub fn png(page: &RgbImage, max_side: Option<u32>) -> Result<Vec<u8>, PictureError> {
    let page = reduced(page, max_side);
    let mut bytes = Vec::new();
    // Pages are photographs: heavier compression takes ten times as long for a few per cent.
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&page, page.width(), page.height(), ExtendedColorType::Rgb8)
        .map_err(|source| PictureError::Encode {
            format: "PNG",
            source,
        })?;
    Ok(bytes)
}

/// The page as JPEG, reduced so that its longer side is at most `max_side`.
pub fn jpeg(page: &RgbImage, max_side: Option<u32>) -> Result<Vec<u8>, PictureError> {
    let page = reduced(page, max_side);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(&page, page.width(), page.height(), ExtendedColorType::Rgb8)
        .map_err(|source: ImageError| PictureError::Encode {
            format: "JPEG",
            source,
        })?;
    Ok(bytes)
}

/// A small JPEG for lists: the longer side has 300 pixels at most.
pub fn thumbnail(page: &RgbImage) -> Result<Vec<u8>, PictureError> {
    jpeg(page, Some(THUMBNAIL_SIDE))
}

/// The page in grey, as recognition takes it.
///
/// Integer weights of ITU-R BT.601 luma; an exact conversion would change no reading and take
/// several times as long.
pub fn grey(page: &RgbImage) -> GrayImage {
    let mut grey = GrayImage::new(page.width(), page.height());
    for (grey, &[red, green, blue]) in grey.iter_mut().zip(page.as_raw().as_chunks().0) {
        let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
        *grey = ((sum + 128) >> 8) as u8;
    }
    grey
}

/// The quad cut out and turned upright, with `margin` times its height around it on all sides.
///
/// At the page's own resolution; what lies beyond the page's border is white.
pub fn crop(page: &RgbImage, quad: &Quad, margin: f32) -> Result<RgbImage, PictureError> {
    let [top_left, top_right, bottom_right, bottom_left] = quad.0;
    let distance = |a: Point, b: Point| (b.x - a.x).hypot(b.y - a.y);
    let width = distance(top_left, top_right).max(distance(bottom_left, bottom_right));
    let height = distance(top_left, bottom_left).max(distance(top_right, bottom_right));
    let space = height * margin.clamp(0.0, 10.0);
    let (left, top, right, bottom) = quad.bounds();
    let outside =
        right < 0.0 || bottom < 0.0 || left > page.width() as f32 || top > page.height() as f32;
    // Written so that a corner that is no number counts as outside.
    if outside || !(width >= 1.0 && height >= 1.0 && width.is_finite() && height.is_finite()) {
        return Err(PictureError::OutsidePage);
    }
    let full = (width + 2.0 * space, height + 2.0 * space);
    let scale = (CROP_SIDE / full.0.max(full.1)).min(1.0);
    let (columns, rows) = (
        (full.0 * scale).round().max(1.0) as u32,
        (full.1 * scale).round().max(1.0) as u32,
    );
    let mix = |a: Point, b: Point, share: f32| {
        Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
    };
    Ok(RgbImage::from_fn(columns, rows, |x, y| {
        let across = ((x as f32 + 0.5) / scale - space) / width;
        let down = ((y as f32 + 0.5) / scale - space) / height;
        let upper = mix(top_left, top_right, across);
        let lower = mix(bottom_left, bottom_right, across);
        let at = mix(upper, lower, down);
        if at.x < 0.0 || at.y < 0.0 || at.x > page.width() as f32 || at.y > page.height() as f32 {
            return image::Rgb([255; 3]);
        }
        interpolated(page, at)
    }))
}

fn interpolated(page: &RgbImage, at: Point) -> image::Rgb<u8> {
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    let (across, down) = (x - x.floor(), y - y.floor());
    let [left, right] =
        [0.0, 1.0].map(|step| (x.floor() + step).clamp(0.0, page.width() as f32 - 1.0) as u32);
    let [top, bottom] =
        [0.0, 1.0].map(|step| (y.floor() + step).clamp(0.0, page.height() as f32 - 1.0) as u32);
    let corner = |x: u32, y: u32| page.get_pixel(x, y).0.map(f32::from);
    let (a, b, c, d) = (
        corner(left, top),
        corner(right, top),
        corner(left, bottom),
        corner(right, bottom),
    );
    image::Rgb(std::array::from_fn(|channel| {
        let upper = a[channel] + (b[channel] - a[channel]) * across;
        let lower = c[channel] + (d[channel] - c[channel]) * across;
        (upper + (lower - upper) * down + 0.5) as u8
    }))
}

/// The page no larger than asked: halved by area while that is far off, then by Catmull-Rom, which
/// keeps print legible.
fn reduced(page: &RgbImage, max_side: Option<u32>) -> Cow<'_, RgbImage> {
    let longer = page.width().max(page.height());
    let Some(side) = max_side
        .map(|side| side.max(1))
        .filter(|&side| side < longer)
    else {
        return Cow::Borrowed(page);
    };
    let mut page = Cow::Borrowed(page);
    while page.width().max(page.height()) >= 3 * side && page.width().min(page.height()) > 1 {
        page = Cow::Owned(halved(&page));
    }
    let longer = f64::from(page.width().max(page.height()));
    let size = |length: u32| ((f64::from(length) * f64::from(side) / longer).round() as u32).max(1);
    Cow::Owned(imageops::resize(
        page.as_ref(),
        size(page.width()),
        size(page.height()),
        imageops::FilterType::CatmullRom,
    ))
}

pub(crate) fn halved(page: &RgbImage) -> RgbImage {
    let (width, height) = (page.width() as usize / 2, page.height() as usize / 2);
    let stride = page.width() as usize * 3;
    let mut half = RgbImage::new(width as u32, height as u32);
    for (target, rows) in half
        .chunks_exact_mut(width * 3)
        .zip(page.chunks_exact(2 * stride))
    {
        let (upper, lower) = rows.split_at(stride);
        let pairs = upper
            .as_chunks::<6>()
            .0
            .iter()
            .zip(lower.as_chunks::<6>().0);
        for (target, (upper, lower)) in target.as_chunks_mut::<3>().0.iter_mut().zip(pairs) {
            for (channel, value) in target.iter_mut().enumerate() {
                let sum = u16::from(upper[channel])
                    + u16::from(upper[channel + 3])
                    + u16::from(lower[channel])
                    + u16::from(lower[channel + 3]);
                *value = ((sum + 2) / 4) as u8;
            }
        }
    }
    half
}

#[cfg(test)]
mod tests {
    use image::{GenericImageView, Rgb, RgbImage};
    use model::{Point, Quad};

    use super::{crop, grey, jpeg, png, thumbnail};

    /// Red to the right, green downwards.
    fn page(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 0])
        })
    }

    #[test]
    fn pictures_keep_their_shape_and_obey_the_limit() {
        for (width, height, side, expect) in [
            (400, 200, None, (400, 200)),
            (400, 200, Some(800), (400, 200)),
            (400, 200, Some(100), (100, 50)),
            (3001, 40, Some(300), (300, 4)),
            (1, 5000, Some(10), (1, 10)),
            (5, 5, Some(0), (1, 1)),
        ] {
            for bytes in [
                png(&page(width, height), side).unwrap(),
                jpeg(&page(width, height), side).unwrap(),
            ] {
                let picture = image::load_from_memory(&bytes).unwrap();
                assert_eq!(picture.dimensions(), expect);
            }
        }
        let bytes = thumbnail(&page(900, 1200)).unwrap();
        assert_eq!(
            image::load_from_memory(&bytes).unwrap().dimensions(),
            (225, 300)
        );
    }

    #[test]
    fn reduced_pictures_show_the_same() {
        let bytes = png(&page(1000, 1000), Some(100)).unwrap();
        let small = image::load_from_memory(&bytes).unwrap().into_rgb8();
        let Rgb([red, green, _]) = small.get_pixel(75, 25);
        assert!(red.abs_diff(192) < 4 && green.abs_diff(64) < 4);
    }

    #[test]
    fn crops_stand_upright() {
        let page = page(256, 256);
        let upright = Quad::rectangle(100.0, 50.0, 200.0, 70.0);
        let plain = crop(&page, &upright, 0.0).unwrap();
        assert_eq!(plain.dimensions(), (100, 20));
        assert!(plain.get_pixel(0, 0).0[0].abs_diff(100) < 3);
        let spacious = crop(&page, &upright, 0.5).unwrap();
        assert_eq!(spacious.dimensions(), (120, 40));
        // The same text on a page that lies upside down begins at the right.
        let [a, b, c, d] = upright.0;
        let turned = crop(&page, &Quad([c, d, a, b]), 0.0).unwrap();
        assert!(turned.get_pixel(0, 0).0[0].abs_diff(199) < 3);
        assert!(turned.get_pixel(99, 0).0[0].abs_diff(100) < 3);
        // A quarter turn swaps the sides.
        let quarter = crop(&page, &Quad([d, a, b, c]), 0.0).unwrap();
        assert_eq!(quarter.dimensions(), (20, 100));
    }

    #[test]
    fn crops_off_the_page_are_refused_or_white() {
        let page = page(64, 64);
        for quad in [
            Quad::rectangle(100.0, 100.0, 120.0, 120.0),
            Quad::rectangle(10.0, 10.0, 10.0, 10.0),
            Quad([Point::new(f32::NAN, 0.0); 4]),
            Quad::rectangle(0.0, 0.0, f32::INFINITY, 5.0),
        ] {
            assert!(crop(&page, &quad, 0.1).is_err());
        }
        let half_off = crop(&page, &Quad::rectangle(54.0, 10.0, 74.0, 20.0), 0.0).unwrap();
        assert_eq!(half_off.get_pixel(15, 5), &Rgb([255; 3]));
    }

    #[test]
    fn grey_weighs_the_channels() {
        let page = RgbImage::from_fn(3, 1, |x, _| {
            let mut pixel = [0; 3];
            pixel[x as usize] = 255;
            Rgb(pixel)
        });
        assert_eq!(grey(&page).as_raw().as_slice(), &[77, 149, 29]);
    }
}
