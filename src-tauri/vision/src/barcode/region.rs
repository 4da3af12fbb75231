//! Where on a page a barcode may lie: dense patches of strong edges in two perpendicular directions.
//!
//! Every kind of barcode is a patch without a gap, all of whose edges run along its own two axes.
//! Print is dense only along its lines, portraits and patterns have weak edges or edges in all
//! directions. A patch is therefore grown from small squares by the strength of the edges in them, and
//! its axes are the direction that the edges agree on modulo a quarter turn.

use image::GrayImage;
use model::{Point, Quad};

/// Longer side of the copy on which patches are looked for is less than twice this.
const SIDE: u32 = 640;

/// Side of the squares, in pixels of the copy.
const SQUARE: usize = 6;

/// Mean squared gradient from which a square may belong to a barcode: two thirds of its pixels beside
/// an edge of 40 grey values, or a third beside one of 60.
const STRENGTH: f32 = 450.0;

/// A patch covers at least so much of the rectangle around it.
const FILLED: f32 = 0.78;

/// From here on, of 0 to 1, the edges of a patch agree on two axes.
const AGREEMENT: f32 = 0.22;

/// At most so many patches are looked into.
const PATCHES: usize = 5;

/// A patch that may be a barcode.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Region {
    /// Its rectangle along its own axes, in page pixels, with some room around it.
    pub(super) quad: Quad,
}

/// Sums over a square: squared gradient, and its fourth power's direction.
#[derive(Debug, Clone, Copy, Default)]
struct Square {
    strength: f32,
    fourfold: (f32, f32),
}

/// The likeliest patches, the largest first.
///
/// They are looked for on two copies of the page, one half the size of the other: on the larger one the
/// modules of a large or blurred symbol lie apart.
pub(super) fn find(page: &GrayImage) -> Vec<Region> {
    let mut copy = std::borrow::Cow::Borrowed(page);
    let mut scale = 1.0;
    while copy.width().max(copy.height()) >= 2 * SIDE {
        copy = std::borrow::Cow::Owned(halved(&copy));
        scale *= 2.0;
    }
    let mut found = on_copy(&copy, scale);
    let coarse = halved(&copy);
    found.extend(on_copy(&coarse, 2.0 * scale));
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut regions: Vec<Region> = Vec::new();
    for (_, region) in found {
        if regions.len() < PATCHES && !regions.iter().any(|other| same_place(other, &region)) {
            regions.push(region);
        }
    }
    regions
}

/// The patches of one copy, which is `scale` times smaller than the page, with their areas.
fn on_copy(copy: &GrayImage, scale: f32) -> Vec<(f32, Region)> {
    let (columns, rows) = (
        copy.width() as usize / SQUARE,
        copy.height() as usize / SQUARE,
    );
    if columns < 3 || rows < 3 {
        return Vec::new();
    }
    let squares = squares(copy, columns, rows);
    let patches = patches(&squares, columns);
    // A card's outline or the stripe beside a barcode hangs on to it: without what is thin it is a patch too.
    let without_fringes: Vec<Vec<usize>> = patches
        .iter()
        .filter(|patch| outline(patch, &squares, columns).is_none())
        .flat_map(|patch| thick_parts(patch, squares.len(), columns))
        .collect();
    patches
        .into_iter()
        .chain(without_fringes)
        .filter_map(|patch| {
            let quad = outline(&patch, &squares, columns)?;
            let quad = Quad(
                quad.0
                    .map(|point| Point::new(point.x * scale, point.y * scale)),
            );
            Some((patch.len() as f32 * scale * scale, Region { quad }))
        })
        .collect()
}

/// Whether two patches have about the same bounds.
fn same_place(one: &Region, other: &Region) -> bool {
    let (a, b) = (one.quad.bounds(), other.quad.bounds());
    let size = (a.2 - a.0).max(a.3 - a.1);
    [a.0 - b.0, a.1 - b.1, a.2 - b.2, a.3 - b.3]
        .iter()
        .all(|apart| apart.abs() < 0.15 * size)
}

fn halved(picture: &GrayImage) -> GrayImage {
    let (width, height) = (picture.width() as usize / 2, picture.height() as usize / 2);
    let stride = picture.width() as usize;
    let mut half = GrayImage::new(width as u32, height as u32);
    if width == 0 {
        return half;
    }
    for (target, rows) in half
        .chunks_exact_mut(width)
        .zip(picture.as_raw().chunks_exact(2 * stride))
    {
        let (upper, lower) = rows.split_at(stride);
        let pairs = upper
            .as_chunks::<2>()
            .0
            .iter()
            .zip(lower.as_chunks::<2>().0);
        for (target, (&[a, b], &[c, d])) in target.iter_mut().zip(pairs) {
            let sum = u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d);
            *target = ((sum + 2) / 4) as u8;
        }
    }
    half
}

fn squares(picture: &GrayImage, columns: usize, rows: usize) -> Vec<Square> {
    let width = picture.width() as usize;
    let pixels = picture.as_raw();
    let grey = |at: usize| f32::from(pixels[at]);
    let mut squares = vec![Square::default(); columns * rows];
    for y in 1..(rows * SQUARE).min(picture.height() as usize - 1) {
        let line = &mut squares[y / SQUARE * columns..(y / SQUARE + 1) * columns];
        for (column, square) in line.iter_mut().enumerate() {
            let first = (column * SQUARE).max(1);
            let last = ((column + 1) * SQUARE).min(width - 1);
            for x in first..last {
                let at = y * width + x;
                let [nw, n, ne] = [at - width - 1, at - width, at - width + 1].map(grey);
                let [w, e] = [at - 1, at + 1].map(grey);
                let [sw, s, se] = [at + width - 1, at + width, at + width + 1].map(grey);
                // Scharr's weights: of all of three by three the truest direction.
                let across = (3.0 * (ne - nw) + 10.0 * (e - w) + 3.0 * (se - sw)) / 16.0;
                let down = (3.0 * (sw - nw) + 10.0 * (s - n) + 3.0 * (se - ne)) / 16.0;
                let strength = across * across + down * down;
                if strength < 64.0 {
                    continue;
                }
                // (across + i·down)⁴ / |…|²: the direction, four times turned, weighed by strength.
                let (real, imaginary) = (across * across - down * down, 2.0 * across * down);
                square.strength += strength;
                square.fourfold.0 += (real * real - imaginary * imaginary) / strength;
                square.fourfold.1 += 2.0 * real * imaginary / strength;
            }
        }
    }
    squares
}

/// Connected squares with strong edges; squares that only touch at a corner are not connected.
fn patches(squares: &[Square], columns: usize) -> Vec<Vec<usize>> {
    let least = STRENGTH * (SQUARE * SQUARE) as f32;
    let strong: Vec<bool> = squares
        .iter()
        .map(|square| square.strength >= least)
        .collect();
    // A square whose neighbours on both sides are strong is part of what they are part of.
    let bridged: Vec<bool> = (0..strong.len())
        .map(|at| {
            let is =
                |index: Option<usize>| index.and_then(|index| strong.get(index)) == Some(&true);
            let beside = is(at.checked_sub(1)) && is(Some(at + 1));
            let above_and_below = is(at.checked_sub(columns)) && is(Some(at + columns));
            strong[at] || beside || above_and_below
        })
        .collect();
    connected(&bridged, columns)
}

/// The connected sets of squares that are not too small.
fn connected(is_in: &[bool], columns: usize) -> Vec<Vec<usize>> {
    let mut seen = vec![false; is_in.len()];
    let mut found = Vec::new();
    for start in 0..is_in.len() {
        if !is_in[start] || seen[start] {
            continue;
        }
        seen[start] = true;
        let mut patch = vec![start];
        let mut next = 0;
        while let Some(&at) = patch.get(next) {
            next += 1;
            let x = at % columns;
            let neighbours = [
                (x > 0).then(|| at - 1),
                (x + 1 < columns).then_some(at + 1),
                at.checked_sub(columns),
                Some(at + columns),
            ];
            for neighbour in neighbours.into_iter().flatten() {
                if is_in.get(neighbour) == Some(&true) && !seen[neighbour] {
                    seen[neighbour] = true;
                    patch.push(neighbour);
                }
            }
        }
        if patch.len() >= 9 {
            found.push(patch);
        }
    }
    found
}

/// The parts of a patch that are more than two squares thick, each without what hangs on to it.
fn thick_parts(patch: &[usize], count: usize, columns: usize) -> Vec<Vec<usize>> {
    let around = |at: usize| -> [Option<usize>; 9] {
        let (x, row) = (at % columns, at / columns);
        let mut around = [None; 9];
        for (slot, (dx, dy)) in around
            .iter_mut()
            .zip((0..3).flat_map(|dy| (0..3).map(move |dx| (dx, dy))))
        {
            let (x, row) = ((x + dx).checked_sub(1), (row + dy).checked_sub(1));
            if let (Some(x), Some(row)) = (x, row)
                && x < columns
            {
                *slot = Some(row * columns + x).filter(|at| *at < count);
            }
        }
        around
    };
    let mut is_in = vec![false; count];
    for &at in patch {
        is_in[at] = true;
    }
    let is_core = |at: usize| {
        let mut neighbours = around(at).into_iter();
        neighbours.all(|near| near.is_some_and(|near| is_in[near]))
    };
    let core: Vec<bool> = (0..count).map(is_core).collect();
    let mut whole = vec![false; count];
    for at in (0..count).filter(|at| core[*at]) {
        for near in around(at).into_iter().flatten() {
            whole[near] = true;
        }
    }
    connected(&whole, columns)
}

/// The rectangle around a patch along its axes, in pixels of the copy; none where it is no dense
/// rectangle.
///
/// The axes are those of the edges where these agree on any. The edges of small modules do not, but
/// matrix codes need no straightening: for them any rectangle does that the patch fills well.
fn outline(patch: &[usize], squares: &[Square], columns: usize) -> Option<Quad> {
    let (mut strength, mut real, mut imaginary) = (0.0, 0.0, 0.0);
    for &at in patch {
        strength += squares[at].strength;
        real += squares[at].fourfold.0;
        imaginary += squares[at].fourfold.1;
    }
    let rectangle = if real.hypot(imaginary) >= AGREEMENT * strength {
        Rectangle::around(patch, columns, imaginary.atan2(real) / 4.0)
    } else {
        (0..9)
            .map(|step| Rectangle::around(patch, columns, (10.0 * step as f32).to_radians()))
            .max_by(|a, b| a.filled.total_cmp(&b.filled))?
    };
    rectangle.with_room()
}

/// A rectangle along axes turned by an angle.
struct Rectangle {
    /// Sine and cosine of the angle.
    turn: (f32, f32),
    /// Left, top, right and bottom along the axes.
    bounds: [f32; 4],
    /// The share of it that the patch covers.
    filled: f32,
}

impl Rectangle {
    fn around(patch: &[usize], columns: usize, angle: f32) -> Self {
        let (sine, cosine) = angle.sin_cos();
        let side = SQUARE as f32;
        let mut bounds = [
            f32::INFINITY,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::NEG_INFINITY,
        ];
        for at in patch {
            let x = ((at % columns) as f32 + 0.5) * side;
            let y = ((at / columns) as f32 + 0.5) * side;
            let (u, v) = (x * cosine + y * sine, y * cosine - x * sine);
            bounds = [
                bounds[0].min(u),
                bounds[1].min(v),
                bounds[2].max(u),
                bounds[3].max(v),
            ];
        }
        let half = side / 2.0;
        let [left, top, right, bottom] = bounds;
        let bounds = [left - half, top - half, right + half, bottom + half];
        let area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]);
        Self {
            turn: (sine, cosine),
            bounds,
            filled: patch.len() as f32 * side * side / area,
        }
    }

    /// Its corners with some room around: the outermost squares may have been too weak, and decoders
    /// want a quiet zone. None where it is too thin or too empty for a barcode.
    fn with_room(&self) -> Option<Quad> {
        let [left, top, right, bottom] = self.bounds;
        let (across, down) = (right - left, bottom - top);
        let side = SQUARE as f32;
        if self.filled < FILLED || across.min(down) < 3.0 * side {
            return None;
        }
        let room = side * 1.5 + 0.04 * across.max(down);
        let (sine, cosine) = self.turn;
        let corner = |u: f32, v: f32| Point::new(u * cosine - v * sine, u * sine + v * cosine);
        let (left, right) = (left - room, right + room);
        let (top, bottom) = (top - room, bottom + room);
        Some(Quad([
            corner(left, top),
            corner(right, top),
            corner(right, bottom),
            corner(left, bottom),
        ]))
    }
}
