//! Samples of any type to RGB on white.

use image::{ColorType, DynamicImage, RgbImage, metadata::Orientation};

/// Turns the samples as a decoder wrote them into RGB, eight bits a channel, transparency laid on
/// white; none for sample types that no decoder in use produces.
pub(super) fn to_rgb(
    samples: Vec<u8>,
    color_type: ColorType,
    width: u32,
    height: u32,
) -> Option<RgbImage> {
    let rgb = match color_type {
        ColorType::Rgb8 => samples,
        ColorType::L8 => samples.iter().flat_map(|&grey| [grey; 3]).collect(),
        ColorType::La8 => samples
            .as_chunks()
            .0
            .iter()
            .flat_map(|&[grey, alpha]| [over_white(grey, alpha); 3])
            .collect(),
        ColorType::Rgba8 => packed(samples, |[red, green, blue, alpha]: [u8; 4]| {
            [red, green, blue].map(|value| over_white(value, alpha))
        }),
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            let eight_bit = packed(samples, |pair: [u8; 2]| {
                [(u16::from_ne_bytes(pair) >> 8) as u8]
            });
            return to_rgb(eight_bit, narrowed(color_type), width, height);
        }
        ColorType::Rgb32F | ColorType::Rgba32F => {
            let eight_bit = packed(samples, |four: [u8; 4]| {
                [(f32::from_ne_bytes(four).clamp(0.0, 1.0) * 255.0).round() as u8]
            });
            return to_rgb(eight_bit, narrowed(color_type), width, height);
        }
        _ => return None,
    };
    RgbImage::from_raw(width, height, rgb)
}

/// Groups of bytes made shorter where they lie: a large picture is not held twice.
fn packed<const LONG: usize, const SHORT: usize>(
    mut samples: Vec<u8>,
    shortened: impl Fn([u8; LONG]) -> [u8; SHORT],
) -> Vec<u8> {
    const { assert!(SHORT <= LONG) };
    let groups = samples.len() / LONG;
    for group in 0..groups {
        let Some(long) = samples.get(group * LONG..).and_then(<[u8]>::first_chunk) else {
            break;
        };
        let short = shortened(*long);
        samples[group * SHORT..][..SHORT].copy_from_slice(&short);
    }
    samples.truncate(groups * SHORT);
    samples.shrink_to_fit();
    samples
}

fn narrowed(color_type: ColorType) -> ColorType {
    match color_type.channel_count() {
        1 => ColorType::L8,
        2 => ColorType::La8,
        3 => ColorType::Rgb8,
        _ => ColorType::Rgba8,
    }
}

fn over_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

/// The picture turned and mirrored as EXIF asks.
pub(super) fn turned(pixels: RgbImage, orientation: Orientation) -> RgbImage {
    let mut picture = DynamicImage::ImageRgb8(pixels);
    picture.apply_orientation(orientation);
    picture.into_rgb8()
}

#[cfg(test)]
mod tests {
    use image::ColorType;

    use super::to_rgb;

    #[test]
    fn samples_of_every_type_become_the_same_red_and_grey() {
        let wide = |values: &[u8]| -> Vec<u8> {
            let wide = values.iter().map(|&value| u16::from(value) << 8 | 0x7F);
            wide.flat_map(u16::to_ne_bytes).collect()
        };
        let real = |values: &[u8]| -> Vec<u8> {
            let real = values.iter().map(|&value| f32::from(value) / 255.0);
            real.flat_map(f32::to_ne_bytes).collect()
        };
        // A red pixel, then a black one that lets half of the white paper through.
        let opaque = [200, 10, 20, 128, 128, 128];
        let clear = [200, 10, 20, 255, 0, 0, 0, 127];
        for (samples, color_type) in [
            (opaque.to_vec(), ColorType::Rgb8),
            (clear.to_vec(), ColorType::Rgba8),
            (wide(&opaque), ColorType::Rgb16),
            (wide(&clear), ColorType::Rgba16),
            (real(&opaque), ColorType::Rgb32F),
            (real(&clear), ColorType::Rgba32F),
        ] {
            let rgb = to_rgb(samples, color_type, 2, 1).unwrap();
            assert_eq!(rgb.into_raw(), opaque, "{color_type:?}");
        }
        for (samples, color_type) in [
            (vec![200, 128], ColorType::L8),
            (vec![200, 255, 0, 127], ColorType::La8),
            (wide(&[200, 128]), ColorType::L16),
            (wide(&[200, 255, 0, 127]), ColorType::La16),
        ] {
            let rgb = to_rgb(samples, color_type, 2, 1).unwrap();
            assert_eq!(
                rgb.into_raw(),
                [200, 200, 200, 128, 128, 128],
                "{color_type:?}"
            );
        }
    }
}
