//! The lines of a sheet prepared for finding things: straightened, folded, measured.

use std::ops::Range;

use model::{Personal, Quad, Sheet};

use super::alphabet::adds_accent;
use super::fold::{self, Folded, Pairs};

/// An upright rectangle in pixels of the straightened view: y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Area {
    /// Left edge.
    pub(crate) left: f32,
    /// Top edge.
    pub(crate) top: f32,
    /// Right edge.
    pub(crate) right: f32,
    /// Bottom edge.
    pub(crate) bottom: f32,
}

impl Area {
    /// Pixels down.
    pub(crate) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Pixels across.
    pub(crate) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Middle from top to bottom.
    pub(crate) fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub(crate) fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// How much of the lower of the two heights they share, 0 to 1.
    pub(crate) fn same_row(&self, other: &Self) -> f32 {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        (shared / self.height().min(other.height()).max(1.0)).clamp(0.0, 1.0)
    }

    /// How much of the lesser of the two widths they share, 0 to 1.
    pub(crate) fn same_column(&self, other: &Self) -> f32 {
        let shared = self.right.min(other.right) - self.left.max(other.left);
        (shared / self.width().min(other.width()).max(1.0)).clamp(0.0, 1.0)
    }
}

/// A word of a piece.
#[derive(Debug, Clone)]
struct Word {
    /// Its characters in the piece.
    range: Range<usize>,
    area: Area,
    quad: Quad,
    confidence: f32,
    second: Option<String>,
}

/// A line, or what stands alone of it.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// The text, words separated by one space.
    pub(crate) text: Vec<char>,
    /// The text as comparable symbols.
    pub(crate) folded: Folded,
    /// Which pairs of symbols there are.
    pub(crate) pairs: Pairs,
    /// Where it stands.
    pub(crate) area: Area,
    /// Whether it is written from right to left.
    pub(crate) leftwards: bool,
    words: Vec<Word>,
}

/// A run of characters of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// Index of the piece.
    pub(crate) piece: usize,
    /// Its characters.
    pub(crate) range: Range<usize>,
}

/// A sheet, prepared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// Pixels across.
    pub(crate) width: f32,
    /// Pixels down.
    pub(crate) height: f32,
    /// The lines that are not machine-readable, from top to bottom.
    pub(crate) pieces: Vec<Piece>,
}

impl Page {
    /// Prepares a sheet. Lines of a machine-readable zone are left out: they are another's to read.
    pub(crate) fn new(sheet: &Sheet) -> Self {
        let (sine, cosine) = tilt(sheet).sin_cos();
        let lines = sheet
            .lines
            .iter()
            .filter(|line| !is_machine_readable(&line.text()));
        let mut pieces = joined(lines.filter_map(|line| words(line, sine, cosine)).collect())
            .into_iter()
            .filter_map(piece)
            .collect::<Vec<Piece>>();
        let mut heights: Vec<f32> = pieces.iter().map(|piece| piece.area.height()).collect();
        heights.sort_by(f32::total_cmp);
        let middle = heights.get(heights.len() / 2).copied().unwrap_or(0.0);
        // Specks of the ground that were taken for letters; the numbers of fields are printed small.
        let is_number = |piece: &Piece| {
            piece.text.len() <= 2
                && piece.text.first().is_some_and(char::is_ascii_digit)
                && piece.words.iter().all(|word| word.confidence > 0.8)
        };
        pieces.retain(|piece| {
            piece.area.height() > 0.35 * middle || piece.text.len() > 4 || is_number(piece)
        });
        pieces.sort_by(|one, other| {
            (one.area.top, one.area.left)
                .partial_cmp(&(other.area.top, other.area.left))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        Self {
            width: sheet.width as f32,
            height: sheet.height as f32,
            pieces,
        }
    }

    /// The text of a span.
    pub(crate) fn text(&self, span: &Span) -> String {
        let piece = self.pieces.get(span.piece);
        let characters = piece.and_then(|piece| piece.text.get(span.range.clone()));
        characters.unwrap_or_default().iter().collect()
    }

    /// What the second recogniser saw there, where it looked at every word and the span consists of
    /// whole words.
    pub(crate) fn second(&self, span: &Span) -> Option<String> {
        let words: Option<Vec<&str>> = self
            .words(span)
            .map(|word| {
                let whole =
                    span.range.start <= word.range.start && word.range.end <= span.range.end;
                word.second.as_deref().filter(|_| whole)
            })
            .collect();
        words
            .filter(|words| !words.is_empty())
            .map(|words| words.join(" "))
    }

    /// Whether both recognisers saw the same letters in every word of the span, and the second no accent
    /// that the first did not see.
    pub(crate) fn agreed(&self, span: &Span) -> bool {
        let piece = self.pieces.get(span.piece);
        let mut any = false;
        let all = self.words(span).all(|word| {
            any = true;
            let own: String = piece
                .and_then(|piece| piece.text.get(word.range.clone()))
                .unwrap_or_default()
                .iter()
                .collect();
            word.second.as_ref().is_some_and(|second| {
                fold::letters(second) == fold::letters(&own) && !adds_accent(&own, second)
            })
        });
        any && all
    }

    /// The lowest confidence of the words of the span, softened by their mean.
    pub(crate) fn confidence(&self, span: &Span) -> f32 {
        let (mut least, mut sum, mut count) = (1.0_f32, 0.0, 0.0);
        for word in self.words(span) {
            least = least.min(word.confidence);
            sum += word.confidence;
            count += 1.0;
        }
        if count == 0.0 {
            0.0
        } else {
            f32::midpoint(least, sum / count).clamp(0.0, 1.0)
        }
    }

    /// Where the words of the span stand in the view as it is.
    pub(crate) fn quads(&self, span: &Span) -> Vec<Quad> {
        self.words(span).map(|word| word.quad).collect()
    }

    /// Where the span stands on the straightened view, down to parts of words.
    pub(crate) fn area(&self, span: &Span) -> Area {
        let Some(piece) = self.pieces.get(span.piece) else {
            return Area::default();
        };
        let parts = self.words(span).map(|word| {
            let length = word.range.len().max(1) as f32;
            let part = |at: usize| at.saturating_sub(word.range.start) as f32 / length;
            let from = part(span.range.start).clamp(0.0, 1.0);
            let to = part(span.range.end).clamp(0.0, 1.0);
            let (from, to) = if piece.leftwards {
                (1.0 - to, 1.0 - from)
            } else {
                (from, to)
            };
            Area {
                left: word.area.left + from * word.area.width(),
                right: word.area.left + to * word.area.width(),
                ..word.area
            }
        });
        parts
            .reduce(|one, other| one.with(&other))
            .unwrap_or(piece.area)
    }

    /// The whole of a piece.
    pub(crate) fn whole(&self, piece: usize) -> Span {
        let length = self.pieces.get(piece).map_or(0, |piece| piece.text.len());
        Span {
            piece,
            range: 0..length,
        }
    }

    /// The height of the middle line: what is meant by "a line's height".
    pub(crate) fn line_height(&self) -> f32 {
        let mut heights: Vec<f32> = self
            .pieces
            .iter()
            .map(|piece| piece.area.height())
            .collect();
        heights.sort_by(f32::total_cmp);
        heights
            .get(heights.len() / 2)
            .copied()
            .unwrap_or(1.0)
            .max(1.0)
    }

    fn words(&self, span: &Span) -> impl Iterator<Item = &Word> {
        let words = self
            .pieces
            .get(span.piece)
            .map(|piece| piece.words.as_slice());
        let (from, to) = (span.range.start, span.range.end);
        words
            .unwrap_or_default()
            .iter()
            .filter(move |word| word.range.start < to && from < word.range.end)
    }
}

/// The angle by which most of the text is tilted, in radians.
fn tilt(sheet: &Sheet) -> f32 {
    let mut angles: Vec<(f32, f32)> = sheet
        .lines
        .iter()
        .map(|line| {
            let [left, right, ..] = line.quad.0;
            let (across, down) = (right.x - left.x, right.y - left.y);
            (down.atan2(across), across.hypot(down))
        })
        .filter(|(angle, length)| angle.abs() < 0.6 && *length > 0.0)
        .collect();
    angles.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = angles.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut passed = 0.0;
    for (angle, length) in angles {
        passed += length;
        if passed >= half {
            return angle;
        }
    }
    0.0
}

/// The words of a line on the straightened view, their characters not counted yet.
fn words(line: &model::Line, sine: f32, cosine: f32) -> Option<Vec<(Vec<char>, Word)>> {
    let upright = |quad: &Quad| {
        let turned = quad.0.map(|point| {
            model::Point::new(
                cosine * point.x + sine * point.y,
                cosine * point.y - sine * point.x,
            )
        });
        let (left, top, right, bottom) = Quad(turned).bounds();
        Area {
            left,
            top,
            right,
            bottom,
        }
    };
    let words = line.words.iter().filter_map(|word| {
        let text: Vec<char> = word
            .text
            .expose()
            .chars()
            .filter(|one| !is_invisible(*one))
            .collect();
        let area = upright(&word.quad);
        let finite = [area.left, area.top, area.right, area.bottom]
            .iter()
            .all(|edge| edge.is_finite());
        let second = word
            .second
            .as_ref()
            .map(|second| Personal::expose(second).to_owned());
        let word = Word {
            range: 0..0,
            area,
            quad: word.quad,
            confidence: word.confidence,
            second,
        };
        (finite && !text.is_empty()).then_some((text, word))
    });
    Some(words.collect::<Vec<_>>()).filter(|words| !words.is_empty())
}

/// Lines that were found in parts, put together again: parts side by side with hardly a gap.
fn joined(mut lines: Vec<Vec<(Vec<char>, Word)>>) -> Vec<Vec<(Vec<char>, Word)>> {
    let area = |line: &[(Vec<char>, Word)]| {
        line.iter()
            .map(|(_, word)| word.area)
            .reduce(|one, other| one.with(&other))
            .unwrap_or_default()
    };
    let arabic = |line: &[(Vec<char>, Word)]| {
        line.iter()
            .any(|(text, _)| text.iter().any(|one| is_arabic(*one)))
    };
    lines.sort_by(|one, other| area(one).left.total_cmp(&area(other).left));
    let mut whole: Vec<Vec<(Vec<char>, Word)>> = Vec::new();
    for line in lines {
        let own = area(&line);
        let before = whole.iter_mut().find(|before| {
            let its = area(before);
            let (lower, higher) = (
                own.height().min(its.height()).max(1.0),
                own.height().max(its.height()),
            );
            let gap = own.left - its.right;
            // Text that runs up or down the page is no neighbour of what lies beside it.
            let lying = |area: &Area, line: &[(Vec<char>, Word)]| {
                area.width() > 0.8 * area.height()
                    || line.iter().map(|(text, _)| text.len()).sum::<usize>() <= 2
            };
            if !lying(&own, &line) || !lying(&its, before) {
                return false;
            }
            !arabic(before)
                && !arabic(&line)
                && higher / lower < 1.7
                && its.same_row(&own) > 0.6
                && (-0.3 * lower..0.75 * lower).contains(&gap)
        });
        match before {
            Some(before) => before.extend(line),
            None => whole.push(line),
        }
    }
    whole
}

fn piece(line: Vec<(Vec<char>, Word)>) -> Option<Piece> {
    let (mut text, mut words): (Vec<char>, Vec<Word>) = (Vec::new(), Vec::new());
    for (own, mut word) in line {
        if !text.is_empty() {
            text.push(' ');
        }
        word.range = text.len()..text.len() + own.len();
        text.extend(own);
        words.push(word);
    }
    let area = words
        .iter()
        .map(|word| word.area)
        .reduce(|one, other| one.with(&other))?;
    let folded = fold::symbols(&text);
    let leftwards = text.iter().filter(|one| is_arabic(**one)).count() * 2 > text.len();
    Some(Piece {
        pairs: Pairs::of(&folded.symbols),
        folded,
        area,
        leftwards,
        words,
        text,
    })
}

fn is_arabic(one: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&one) && !('٠'..='٩').contains(&one)
}

/// Marks of direction and joining, which no reader of the text needs.
fn is_invisible(one: char) -> bool {
    matches!(one, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{640}' | '\u{64b}'..='\u{652}')
}

/// Whether a line belongs to a machine-readable zone: fillers, or one long word of capitals and digits.
fn is_machine_readable(text: &str) -> bool {
    let fillers = text
        .chars()
        .filter(|one| matches!(one, '<' | '«' | '＜'))
        .count();
    let compact = text.chars().filter(|one| !one.is_whitespace()).count();
    let zone = text
        .chars()
        .all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || matches!(one, '<' | ' '));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    fillers >= 3
        || fillers >= 1 && compact >= 24
        || zone
            && compact >= 28
            && digits >= 10
            && !text.trim().contains("  ")
            && text.split_whitespace().count() <= 2
}

#[cfg(test)]
mod tests {
    use super::is_machine_readable;

    #[test]
    fn zones_are_told_from_print() {
        assert!(is_machine_readable("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<"));
        assert!(is_machine_readable(
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
        ));
        assert!(is_machine_readable("IDFRABERTHIER<<<<<<<"));
        assert!(!is_machine_readable("REPUBLIQUE FRANCAISE CARTE NATIONALE"));
        assert!(!is_machine_readable("12 AUG/AOUT 74"));
    }
}
