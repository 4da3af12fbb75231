//! Letters of a page put together to words and lines.

use image::RgbImage;
use model::{Line, Point, Quad};
use unicode_normalization::UnicodeNormalization as _;

use super::survey::{Letter, Survey};
use crate::decode::{
    TextLayer,
    layer::{self, is_right_to_left},
};

/// A gap of so many sizes of the font parts words; the space of most faces is a quarter.
const WORD_GAP: f32 = 0.17;

/// A gap of so many sizes begins another column, and so another line.
const COLUMN_GAP: f32 = 1.6;

/// Baselines that lie closer, in sizes, are one.
const SAME_LINE: f32 = 0.25;

/// The text reaches so far above and below the baseline, in sizes.
const ABOVE: f32 = 0.76;
const BELOW: f32 = 0.22;

/// Two of the same letter closer than this, in sizes, are one that was printed twice to look bold.
const TWICE: f32 = 0.12;

/// Difference in brightness, of 255, below which nothing is seen.
const VISIBLE: u8 = 24;

/// A letter in the frame of its line: `across` runs along the text, `down` away from its top.
struct Placed {
    text: String,
    across: f32,
    end: f32,
    down: f32,
    size: f32,
}

/// The text layer of a page drawn at so many pixels to the point.
pub(super) fn layer(mut survey: Survey, scale: f32, picture: &RgbImage) -> TextLayer {
    survey.drop_covered();
    let mut complete = !survey.shows_more();
    let mut by_turn: [Vec<Placed>; 4] = Default::default();
    for letter in &survey.letters {
        match placed(letter, scale) {
            Some((turn, placed)) => by_turn[turn].push(placed),
            // Text that runs askew is left to those who read pixels.
            None => complete = false,
        }
    }
    let mut lines: Vec<Line> = Vec::new();
    for (turn, letters) in by_turn.into_iter().enumerate() {
        lines.extend(in_lines(letters, turn));
    }
    let before = lines.len();
    for line in &mut lines {
        let words = line.words.len();
        line.words.retain(|word| is_seen(picture, &word.quad));
        complete &= line.words.len() == words;
    }
    lines.retain(|line| !line.words.is_empty());
    complete &= lines.len() == before && !lines.is_empty();
    in_reading_order(&mut lines);
    TextLayer {
        lines,
        complete,
        set: false,
    }
}

/// The letter in the frame of text that runs right, down, left or up (0–3); none where it runs askew.
fn placed(letter: &Letter, scale: f32) -> Option<(usize, Placed)> {
    let scale = f64::from(scale);
    let (right, down) = (letter.to.x - letter.from.x, letter.to.y - letter.from.y);
    let (up_right, up_down) = letter.up;
    let size = up_right.hypot(up_down) * scale;
    // The direction of the text: along its letters, or, where they have no width, beside their height.
    let (right, down) = if right.hypot(down) > 0.0 {
        (right, down)
    } else {
        (-up_down, up_right)
    };
    let turn = if right.abs() >= 20.0 * down.abs() {
        if right > 0.0 { 0 } else { 2 }
    } else if down.abs() >= 20.0 * right.abs() {
        if down > 0.0 { 1 } else { 3 }
    } else {
        return None;
    };
    if !(size > 0.5 && size < 20_000.0) {
        return None;
    }
    let frame = |x: f64, y: f64| match turn {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    };
    let (across, baseline) = frame(letter.from.x * scale, letter.from.y * scale);
    let (end, _) = frame(letter.to.x * scale, letter.to.y * scale);
    let placed = Placed {
        text: letter.text.clone(),
        across: across as f32,
        end: end as f32,
        down: baseline as f32,
        size: size as f32,
    };
    Some((turn, placed))
}

/// Puts letters that run the same way into lines.
fn in_lines(mut letters: Vec<Placed>, turn: usize) -> Vec<Line> {
    letters.sort_by(|one, other| one.down.total_cmp(&other.down));
    let mut rows: Vec<Vec<Placed>> = Vec::new();
    for letter in letters {
        let fits = rows
            .last()
            .and_then(|row| row.last())
            .is_some_and(|last| letter.down - last.down <= SAME_LINE * letter.size.min(last.size));
        match rows.last_mut() {
            Some(row) if fits => row.push(letter),
            _ => rows.push(vec![letter]),
        }
    }
    rows.into_iter()
        .flat_map(|row| columns(row, turn))
        .collect()
}

/// The lines of one row of letters, parted where columns part.
fn columns(mut row: Vec<Placed>, turn: usize) -> Vec<Line> {
    row.sort_by(|one, other| one.across.total_cmp(&other.across));
    row.dedup_by(|next, one| {
        next.text == one.text && (next.across - one.across).abs() < TWICE * one.size
    });
    let mut lines: Vec<Vec<Vec<Placed>>> = Vec::new();
    let mut reached: Option<(f32, f32)> = None;
    let mut parted = true;
    for letter in row {
        if letter.text.chars().all(char::is_whitespace) {
            parted = true;
            continue;
        }
        let size = letter.size;
        let gap = reached.map_or(f32::INFINITY, |(end, last)| {
            (letter.across - end) / size.max(last)
        });
        reached = Some((letter.end.max(letter.across), size));
        if gap > COLUMN_GAP {
            lines.push(vec![vec![letter]]);
        } else if let Some(line) = lines.last_mut() {
            match line.last_mut() {
                Some(word) if gap <= WORD_GAP && !parted => word.push(letter),
                _ => line.push(vec![letter]),
            }
        }
        parted = false;
    }
    let lines = lines.into_iter().filter_map(|words| {
        let mut words: Vec<_> = words
            .into_iter()
            .filter_map(|word| {
                let quad = around(&word, turn)?;
                Some(layer::word(spelt(word), quad))
            })
            .collect();
        let arabic = words
            .iter()
            .filter(|word| is_right_to_left(word.text.expose()))
            .count();
        if 2 * arabic > words.len() {
            words.reverse();
        }
        layer::line(words)
    });
    lines.collect()
}

/// The letters of a word in the order in which they are read.
fn spelt(letters: Vec<Placed>) -> String {
    let texts: Vec<String> = letters
        .into_iter()
        .map(|letter| plain(&letter.text))
        .collect();
    let joined = texts.concat();
    if !joined
        .chars()
        .any(|letter| is_right_to_left(letter.encode_utf8(&mut [0; 4])))
    {
        return joined;
    }
    // From right to left, but numbers from left to right.
    let mut spelt: Vec<&str> = Vec::with_capacity(texts.len());
    let mut digits: Vec<&str> = Vec::new();
    for text in texts.iter().rev() {
        if text
            .chars()
            .all(|letter| letter.is_numeric() || "./-,:".contains(letter))
        {
            digits.push(text);
        } else {
            spelt.extend(digits.drain(..).rev());
            spelt.push(text);
        }
    }
    spelt.extend(digits.drain(..).rev());
    spelt.concat()
}

/// Ligatures and the shapes of joined letters as the letters they stand for; no soft hyphens.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                plain.extend(letter.nfkc());
            }
            letter => plain.push(letter),
        }
    }
    plain
}

/// Where a word stands on the page.
fn around(word: &[Placed], turn: usize) -> Option<Quad> {
    let (first, last) = (word.first()?, word.last()?);
    let size = word.iter().map(|letter| letter.size).fold(0.0, f32::max);
    let end = last.end.max(last.across + size / 10.0);
    let (top, bottom) = (first.down - ABOVE * size, first.down + BELOW * size);
    let point = |across: f32, down: f32| match turn {
        0 => Point::new(across, down),
        1 => Point::new(-down, across),
        2 => Point::new(-across, -down),
        _ => Point::new(down, -across),
    };
    Some(Quad([
        point(first.across, top),
        point(end, top),
        point(end, bottom),
        point(first.across, bottom),
    ]))
}

/// Whether anything can be seen where the text stands: it is neither the colour of its ground, nor cut
/// away, nor beyond the page.
fn is_seen(picture: &RgbImage, quad: &Quad) -> bool {
    let (left, top, right, bottom) = quad.bounds();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    if right < 1.0 || bottom < 1.0 || left > width - 1.0 || top > height - 1.0 {
        return false;
    }
    let columns = left.max(0.0) as u32..(right.ceil().min(width)) as u32;
    let rows = top.max(0.0) as u32..(bottom.ceil().min(height)) as u32;
    let (mut darkest, mut lightest) = (u8::MAX, u8::MIN);
    for y in rows {
        for x in columns.clone() {
            let [red, green, blue] = picture.get_pixel(x, y).0.map(u16::from);
            let grey = ((red + 2 * green + blue) / 4) as u8;
            darkest = darkest.min(grey);
            lightest = lightest.max(grey);
        }
    }
    lightest.saturating_sub(darkest) >= VISIBLE
}

/// From top to bottom, and from left to right where lines stand beside each other.
fn in_reading_order(lines: &mut [Line]) {
    let place = |line: &Line| {
        let (left, top, _, bottom) = line.quad.bounds();
        (f32::midpoint(top, bottom), left, bottom - top)
    };
    lines.sort_by(|one, other| {
        let (one, other) = (place(one), place(other));
        one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1))
    });
    let mut from = 0;
    while let Some(first) = lines.get(from) {
        let (middle, _, height) = place(first);
        let beside = |line: &&Line| place(line).0 <= middle + height.min(place(line).2) / 2.0;
        let many = lines[from..].iter().take_while(beside).count().max(1);
        lines[from..from + many].sort_by(|one, other| place(one).1.total_cmp(&place(other).1));
        from += many;
    }
}
