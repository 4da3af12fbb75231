//! The lines of a sheet laid level and split into characters.
//!
//! Recognisers glue captions to values (`3DOB08/31/1978`) and split them elsewhere, so the readers of
//! captioned documents work on characters with positions and take spaces as hints only.

use model::{FieldName, Line, Personal, Quad, Sheet};

use crate::Claim;

/// A printed character, spaces left out.
#[derive(Clone)]
pub(super) struct Glyph {
    /// As recognised.
    pub character: char,
    /// Left edge in the level frame, pixels.
    pub left: f32,
    /// Right edge in the level frame, pixels.
    pub right: f32,
    /// Index of its word in the line.
    pub word: usize,
}

/// A letter or digit of a track, which captions and shapes are compared with.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// In upper case, without accent.
    pub character: char,
    /// Index of its glyph.
    pub glyph: usize,
    /// What stands before it: `None` directly the key before, a space for a gap between words, else
    /// the last punctuation mark between.
    pub before: Option<char>,
}

/// A line whose characters have positions. Coordinates are those of the level frame: the sheet turned
/// so that its text runs along x; pixels, y downwards.
#[derive(Clone)]
pub(super) struct Track {
    /// Index of the line in the sheet.
    pub line: usize,
    /// Its characters in reading order.
    pub glyphs: Vec<Glyph>,
    /// Its letters and digits.
    pub keys: Vec<Key>,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Top of the text.
    pub top: f32,
    /// Bottom of the text.
    pub bottom: f32,
}

impl Track {
    /// Height of the text.
    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Middle between top and bottom.
    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    /// Letters and digits of the keys `from..to`.
    pub(super) fn folded(&self, from: usize, to: usize) -> String {
        self.keys[from..to]
            .iter()
            .map(|key| key.character)
            .collect()
    }

    /// All letters and digits.
    pub(super) fn all_folded(&self) -> String {
        self.folded(0, self.keys.len())
    }

    /// The text as recognised from the first of the keys `from..to` to the last, punctuation between
    /// them included and single spaces between words.
    pub(super) fn printed(&self, from: usize, to: usize) -> String {
        if from >= to {
            return String::new();
        }
        self.spelled(self.keys[from].glyph, self.keys[to - 1].glyph + 1)
    }

    /// The glyphs `from..to` as text, single spaces between words.
    pub(super) fn spelled(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        let mut word = None;
        for glyph in &self.glyphs[from..to] {
            if word.is_some_and(|word| word != glyph.word) {
                text.push(' ');
            }
            word = Some(glyph.word);
            text.push(glyph.character);
        }
        text
    }

    /// Left edge of a key.
    pub(super) fn key_left(&self, key: usize) -> f32 {
        self.glyphs[self.keys[key].glyph].left
    }

    /// Right edge of a key.
    pub(super) fn key_right(&self, key: usize) -> f32 {
        self.glyphs[self.keys[key].glyph].right
    }
}

/// The level lines of a sheet, from top to bottom.
pub(super) struct Tracks<'sheet> {
    sheet: &'sheet Sheet,
    /// The lines that run across; upright ones are left out.
    pub lines: Vec<Track>,
    /// Height of the sheet in the level frame, top of its first line to bottom of its last.
    pub top: f32,
    /// See `top`.
    pub bottom: f32,
}

/// A piece of a track: the letters and digits `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index of the track.
    pub track: usize,
    /// First key.
    pub from: usize,
    /// Behind the last key.
    pub to: usize,
}

impl<'sheet> Tracks<'sheet> {
    /// Lays the sheet level.
    pub(super) fn new(sheet: &'sheet Sheet) -> Self {
        let (sine, cosine) = slope(sheet).sin_cos();
        let level = |point: model::Point| {
            (
                point.x * cosine + point.y * sine,
                point.y * cosine - point.x * sine,
            )
        };
        let mut lines: Vec<Track> = sheet
            .lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| track(index, line, &level))
            .collect();
        lines.sort_by(|a, b| {
            a.middle()
                .total_cmp(&b.middle())
                .then(a.left.total_cmp(&b.left))
        });
        let top = lines
            .iter()
            .map(|track| track.top)
            .fold(f32::INFINITY, f32::min);
        let bottom = lines
            .iter()
            .map(|track| track.bottom)
            .fold(f32::NEG_INFINITY, f32::max);
        Self {
            sheet,
            lines,
            top,
            bottom,
        }
    }

    /// The text of a piece as recognised.
    pub(super) fn printed(&self, piece: Piece) -> String {
        self.lines[piece.track].printed(piece.from, piece.to)
    }

    /// Left edge of a piece.
    pub(super) fn left(&self, piece: Piece) -> f32 {
        self.lines[piece.track].key_left(piece.from)
    }

    /// Right edge of a piece.
    pub(super) fn right(&self, piece: Piece) -> f32 {
        self.lines[piece.track].key_right(piece.to - 1)
    }

    /// Left edge of the leftmost line.
    pub(super) fn left_edge(&self) -> f32 {
        self.lines
            .iter()
            .map(|track| track.left)
            .fold(f32::INFINITY, f32::min)
    }

    /// Right edge of the rightmost line.
    pub(super) fn right_edge(&self) -> f32 {
        self.lines
            .iter()
            .map(|track| track.right)
            .fold(f32::NEG_INFINITY, f32::max)
    }

    /// The least confidence of the words of a piece.
    pub(super) fn confidence(&self, piece: Piece) -> f32 {
        let track = &self.lines[piece.track];
        track.keys[piece.from..piece.to]
            .iter()
            .map(|key| self.sheet.lines[track.line].words[track.glyphs[key.glyph].word].confidence)
            .fold(1.0, f32::min)
    }

    /// A claim that a field has `value`, seen in `pieces`; `worth` (0 to 1) is what the rule itself is
    /// worth.
    pub(super) fn claim(
        &self,
        field: FieldName,
        value: String,
        pieces: &[Piece],
        worth: f32,
        rule: &str,
    ) -> Claim {
        let mut confidence: f32 = 1.0;
        let mut agreed = !pieces.is_empty();
        let mut quads = Vec::new();
        let mut texts = Vec::new();
        for piece in pieces.iter().filter(|piece| piece.from < piece.to) {
            let track = &self.lines[piece.track];
            let line = &self.sheet.lines[track.line];
            let (first, last) = (track.keys[piece.from].glyph, track.keys[piece.to - 1].glyph);
            let mut words: Vec<usize> = track.glyphs[first..=last]
                .iter()
                .map(|glyph| glyph.word)
                .collect();
            words.dedup();
            for &index in &words {
                let word = &line.words[index];
                confidence = confidence.min(word.confidence);
                let seen: String = track.glyphs[first..=last]
                    .iter()
                    .filter(|glyph| glyph.word == index)
                    .map(|glyph| glyph.character)
                    .collect();
                // The second recogniser saw the whole word, of which the value may be a part.
                agreed &= word
                    .second
                    .as_ref()
                    .is_some_and(|second| compared(second.expose()).contains(&compared(&seen)));
            }
            quads.push(part(line, track, first, last));
            texts.push(track.spelled(first, last + 1));
        }
        Claim {
            field,
            value: value.into(),
            text: texts.join("\n").into(),
            quads,
            confidence: (confidence * worth).clamp(0.0, 1.0),
            agreed,
            rule: rule.to_owned(),
            alternatives: Vec::<Personal>::new(),
        }
    }
}

/// Letters and digits in upper case without accents, for comparing two recognisers.
fn compared(text: &str) -> String {
    text.chars().filter_map(folded).collect()
}

/// A letter or digit in upper case without its accent, or nothing for any other mark. Arabic letters
/// and digits stay as they are, Arabic-Indic digits become ASCII.
pub(super) fn folded(character: char) -> Option<char> {
    let upper = character.to_uppercase().next().unwrap_or(character);
    Some(match upper {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => 'A',
        'Ç' | 'Ć' | 'Č' => 'C',
        'È'..='Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => 'E',
        'Ì'..='Ï' | 'İ' => 'I',
        'Ñ' | 'Ń' => 'N',
        'Ò'..='Ö' | 'Ő' | 'Ø' => 'O',
        'Ù'..='Ü' | 'Ű' | 'Ů' => 'U',
        'Ý' | 'Ÿ' => 'Y',
        'Š' | 'Ś' => 'S',
        'Ž' | 'Ź' | 'Ż' => 'Z',
        '٠'..='٩' => char::from_digit(u32::from(upper) - u32::from('٠'), 10)?,
        '۰'..='۹' => char::from_digit(u32::from(upper) - u32::from('۰'), 10)?,
        other if other.is_alphanumeric() => other,
        _ => return None,
    })
}

/// The quad of the glyphs `first..=last` of a line, by interpolation along its words.
fn part(line: &Line, track: &Track, first: usize, last: usize) -> Quad {
    let share = |glyph: usize, after: bool| {
        let word = track.glyphs[glyph].word;
        let of_word = || {
            track
                .glyphs
                .iter()
                .enumerate()
                .filter(move |(_, other)| other.word == word)
        };
        let count = of_word().count().max(1) as f32;
        let place = of_word().take_while(|(index, _)| *index < glyph).count() as f32;
        (word, (place + f32::from(u8::from(after))) / count)
    };
    let between = |a: model::Point, b: model::Point, at: f32| {
        model::Point::new(a.x + (b.x - a.x) * at, a.y + (b.y - a.y) * at)
    };
    let (word, at) = share(first, false);
    let Quad([a, b, c, d]) = line.words[word].quad;
    let (left_top, left_bottom) = (between(a, b, at), between(d, c, at));
    let (word, at) = share(last, true);
    let Quad([a, b, c, d]) = line.words[word].quad;
    let (right_top, right_bottom) = (between(a, b, at), between(d, c, at));
    Quad([left_top, right_top, right_bottom, left_bottom])
}

/// The angle of most long lines against x, radians; at most 20°.
fn slope(sheet: &Sheet) -> f32 {
    let mut angles: Vec<f32> = sheet
        .lines
        .iter()
        .filter_map(|line| {
            let Quad([a, b, _, d]) = line.quad;
            let (across, down) = (b.x - a.x, b.y - a.y);
            let height = (d.x - a.x).hypot(d.y - a.y);
            (across.hypot(down) > 3.0 * height).then(|| down.atan2(across))
        })
        .filter(|angle| angle.abs() < 0.35)
        .collect();
    if angles.is_empty() {
        return 0.0;
    }
    angles.sort_by(f32::total_cmp);
    angles[angles.len() / 2]
}

/// Splits a line into characters; nothing for lines that run upwards or say nothing.
fn track(index: usize, line: &Line, level: &impl Fn(model::Point) -> (f32, f32)) -> Option<Track> {
    let mut glyphs = Vec::new();
    let mut keys: Vec<Key> = Vec::new();
    let mut before = None;
    for (number, word) in line.words.iter().enumerate() {
        let Quad([a, b, c, d]) = word.quad;
        let (left, right) = (
            f32::midpoint(level(a).0, level(d).0),
            f32::midpoint(level(b).0, level(c).0),
        );
        let count = word.text.expose().chars().count().max(1) as f32;
        if number > 0 && before.is_none() {
            before = Some(' ');
        }
        for (place, character) in word.text.expose().chars().enumerate() {
            if character.is_whitespace() {
                before = before.or(Some(' '));
                continue;
            }
            let edge = |share: f32| left + (right - left) * share / count;
            match folded(character) {
                Some(character) => {
                    keys.push(Key {
                        character,
                        glyph: glyphs.len(),
                        before,
                    });
                    before = None;
                }
                None => before = Some(character),
            }
            glyphs.push(Glyph {
                character,
                left: edge(place as f32),
                right: edge(place as f32 + 1.0),
                word: number,
            });
        }
    }
    let corners = line.quad.0.map(level);
    let extent = |pick: fn((f32, f32)) -> f32| {
        let values = corners.map(pick);
        (
            values.into_iter().fold(f32::INFINITY, f32::min),
            values.into_iter().fold(f32::NEG_INFINITY, f32::max),
        )
    };
    let (left, right) = extent(|corner| corner.0);
    let (top, bottom) = extent(|corner| corner.1);
    let finite = [left, right, top, bottom]
        .iter()
        .all(|value| value.is_finite());
    let upright = bottom - top > 1.3 * (right - left) && keys.len() > 2;
    (finite && !upright && !keys.is_empty()).then_some(Track {
        line: index,
        glyphs,
        keys,
        left,
        right,
        top,
        bottom,
    })
}
