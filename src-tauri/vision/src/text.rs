//! All printed text of a view: lines, and words with their places, as two engines read them.
//!
//! [`Reader`] asks one network where text stands (`detect`), cuts every line straight out of the
//! view at its full resolution (`raster`) and asks another network what it says (`spell`). Both
//! are PP-OCR models cut down to the Latin script; `weights/text/README.md` is their model card.
//! Tesseract then reads the same lines for itself (`second`), and its reading is laid beside the
//! first word by word (`agree`): where both agree, a mistake is rare. Lines in the Arabic script,
//! which the network does not know, are Tesseract's alone.
//!
//! The same view gives the same sheet: everything here runs on the calling thread, or on one thread
//! of the reader's own.

mod agree;
mod detect;
mod draft;
mod engine;
mod raster;
mod second;
mod spell;

use std::hash::{DefaultHasher, Hash, Hasher};

use image::RgbImage;
use model::{Line, Personal, Problem, Quad, Sheet, Word};

pub use self::draft::Draft;
use self::{
    draft::Row,
    engine::Engine,
    raster::{Planes, Scale, distance},
    second::{Placed, Second, Strip},
    spell::Spelt,
};
use crate::error::RecogniseError;

/// Rows of a line as the recogniser wants it.
const HEIGHT: usize = 48;

/// Columns of a line for each step of the recogniser.
const STEP: usize = 8;

/// Columns at most: a line fifty times as long as high is no line.
const WIDEST: usize = 50 * HEIGHT;

/// How much higher than wide a quad is that counts when the direction of a view is judged.
const UPRIGHT: f32 = 1.5;

/// How much higher than wide a quad is whose text may run upwards or downwards on a view that stands
/// upright: lower ones are single characters and the edges of pictures.
const TALL: f32 = 2.5;

/// Least mean confidence of a line's words for the line to be kept.
const READABLE: f32 = 0.15;

/// Mean confidence below which a line may be Arabic.
const SENSELESS: f32 = 0.5;

/// The same where other lines of the view are.
const DOUBTFUL: f32 = 0.85;

/// Least mean confidence of Tesseract's for a line to be taken as Arabic.
const CONVINCING: f32 = 0.6;

/// The same where other lines of the view are.
const PLAUSIBLE: f32 = 0.3;

/// Letters of Arabic on a view that noise does not make.
const BEYOND_CHANCE: usize = 10;

/// Gap between words, in heights of the line, that begins another column and so another line.
const COLUMN_GAP: f32 = 2.0;

/// Fillers of machine-readable zones, which have their own two readers.
const FILLERS: &str = "<<";

/// Mean confidence at which small print is believed without a second reading.
const SURE: f32 = 0.97;

/// Words of a line, mostly in small letters, that make it small print.
const SENTENCE: usize = 4;

/// Lines that are asked which way round a view stands, at most.
const WITNESSES: usize = 4;

/// How many times longer than high a line is that is asked only where no shorter one is left.
const LONG_ENOUGH: f32 = 14.0;

/// Confidence at which a line of some length reads so well that it cannot stand on its head.
const CERTAIN: f32 = 0.9;

/// What "some length" is, in characters.
const LONG_TEXT: usize = 6;

/// The languages that Tesseract, the second engine, is to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    /// Tesseract's names of them: first the one for lines without accents, then one for lines with;
    /// `ara` anywhere. One that is not installed is a problem, not an error.
    pub names: Vec<String>,
}

impl Default for Languages {
    fn default() -> Self {
        Self {
            names: ["eng", "fra", "ara"].map(str::to_owned).to_vec(),
        }
    }
}

/// Reads the printed text of views. One for each worker thread; it computes on one thread.
pub struct Reader {
    detector: Engine,
    recogniser: Engine,
    second: Second,
    /// Where the lines of the last view lie, so that a view whose direction was asked for is not
    /// searched twice.
    located: Option<Located>,
}

/// The lines of a view.
struct Located {
    /// Of the view's pixels.
    digest: u64,
    quads: Vec<Quad>,
    /// Lines that were read to learn which way up the view stands.
    read: Vec<Reading>,
}

/// A line that was read: where it lies in reading direction, its words, and what was cut out.
struct Reading {
    quad: Quad,
    words: Vec<Spelt>,
    planes: Planes,
    columns: usize,
}

impl Reader {
    /// A reader for the languages. What is missing for the second reading is in
    /// [`Self::problems`]; only the networks in the program are indispensable.
    pub fn new(languages: &Languages) -> Result<Self, RecogniseError> {
        Ok(Self {
            detector: Engine::detector()?,
            recogniser: Engine::recogniser()?,
            second: Second::new(languages),
            located: None,
        })
    }

    /// What this reader has to do without, for the person who can install it.
    pub fn problems(&self) -> &[Problem] {
        self.second.problems()
    }

    /// Clockwise quarter turns (0–3) after which the text of the view stands upright; 0 where there
    /// is no text or no telling.
    pub fn upright(&mut self, view: &RgbImage) -> Result<u8, RecogniseError> {
        let mut quads = self.locate(view)?;
        let length = |quad: &Quad| {
            let (across, down) = extent(quad);
            across.max(down)
        };
        let runs_down = |quad: &Quad| {
            let (across, down) = extent(quad);
            down > UPRIGHT * across
        };
        let (down, across): (Vec<&Quad>, Vec<&Quad>) = quads.iter().partition(|one| runs_down(one));
        let total = |of: &[&Quad]| of.iter().map(|quad| length(quad)).sum::<f32>();
        let sideways = total(&down) > total(&across);
        quads.retain(|quad| runs_down(quad) == sideways);
        // Very long lines cost much and tell no more.
        let is_long = |quad: &Quad| {
            let (across, down) = extent(quad);
            (across / down).max(down / across) > LONG_ENOUGH
        };
        quads.sort_by(|a, b| {
            let order = is_long(a).cmp(&is_long(b));
            order.then(length(b).total_cmp(&length(a)))
        });
        let mut balance = 0.0;
        // Lines that leave no doubt, for either direction.
        let mut certain = [0, 0];
        let mut read = Vec::new();
        let mut overturned = Vec::new();
        for quad in quads.iter().take(WITNESSES) {
            let directions = if sideways {
                [detect::upwards(quad), detect::downwards(quad)]
            } else {
                [*quad, detect::overturned(quad)]
            };
            for (count, (sign, direction)) in certain
                .iter_mut()
                .zip([1.0, -1.0].into_iter().zip(directions))
            {
                let reading = self.words(view, direction)?;
                let sure = confidence(&reading.words);
                let leaves_none = sure > CERTAIN && letters(&reading.words) >= LONG_TEXT;
                balance += sign * sure;
                if sign > 0.0 {
                    read.push(reading);
                } else {
                    overturned.push(reading);
                }
                if leaves_none {
                    *count += 1;
                    break;
                }
            }
            if certain.contains(&2) {
                break;
            }
        }
        if certain == [0, 0] {
            // The network knows no Arabic: to it, both directions of such a line are noise.
            for (sign, readings) in [(1.0, &read), (-1.0, &overturned)] {
                for reading in readings {
                    if let Some((_, sure)) = self.in_arabic(reading, SENSELESS, CONVINCING)? {
                        balance += sign * sure;
                    }
                }
            }
        }
        if let Some(located) = &mut self.located {
            located.read = read;
        }
        let first = match certain {
            [first, second] if first == second => balance >= 0.0,
            [first, second] => first > second,
        };
        Ok(match (sideways, first) {
            (false, true) => 0,
            (true, true) => 1,
            (false, false) => 2,
            (true, false) => 3,
        })
    }

    /// All text of a view that stands upright, or nearly so, read twice.
    pub fn read(
        &mut self,
        view: &RgbImage,
        read_elsewhere: &[Quad],
    ) -> Result<Sheet, RecogniseError> {
        let mut draft = self.draft(view, read_elsewhere)?;
        self.read_again(&mut draft, |_| true)?;
        Ok(draft.sheet())
    }

    /// All text of a view that stands upright, or nearly so, read once. Which lines deserve the second
    /// reading, [`Self::read_again`], is for the caller to say: it costs a quarter of the whole.
    ///
    /// Lines whose middle lies in a place that somebody else has read already, in pixels of the view, are
    /// left out: without those of a machine-readable zone, a passport takes a fifth less.
    pub fn draft(
        &mut self,
        view: &RgbImage,
        read_elsewhere: &[Quad],
    ) -> Result<Draft, RecogniseError> {
        let quads = self.locate(view)?;
        let mut read = match &mut self.located {
            Some(located) => std::mem::take(&mut located.read),
            None => Vec::new(),
        };
        let mut lines = Vec::new();
        for quad in quads {
            if read_elsewhere.iter().any(|place| holds(place, &quad)) {
                continue;
            }
            lines.push(match read.iter().position(|line| line.quad == quad) {
                Some(known) => read.swap_remove(known),
                None => self.line(view, quad)?,
            });
        }
        let mut rows: Vec<Option<Row>> = Vec::new();
        for line in &lines {
            let words = self.in_arabic(line, SENSELESS, CONVINCING)?;
            rows.push(words.map(|(words, _)| arabic(line, words)));
        }
        let found = rows.iter().flatten().flat_map(Row::lines);
        let letters = found.map(|line| {
            line.text()
                .chars()
                .filter(|letter| is_arabic(*letter))
                .count()
        });
        let is_arabic_page = letters.sum::<usize>() >= BEYOND_CHANCE;
        for (row, line) in rows.iter_mut().zip(&lines) {
            if row.is_none() && is_arabic_page {
                let words = self.in_arabic(line, DOUBTFUL, PLAUSIBLE)?;
                *row = words.map(|(words, _)| arabic(line, words));
            }
            if row.is_none() && confidence(&line.words) >= READABLE {
                *row = Some(latin(line));
            }
        }
        let rows = rows.into_iter().flatten().collect();
        Ok(Draft::new(view.dimensions(), rows))
    }

    /// Has the second engine read the lines that are wanted; whether there were any it had not read.
    pub fn read_again(
        &mut self,
        draft: &mut Draft,
        mut wanted: impl FnMut(&Line) -> bool,
    ) -> Result<bool, RecogniseError> {
        let mut any = false;
        for row in draft.rows() {
            let Some(strip) = row.strip().filter(|_| row.lines().any(&mut wanted)) else {
                continue;
            };
            let texts = row.texts();
            let accented = !texts.iter().all(|text| text.is_ascii());
            if let Some(second) = self.second.latin(strip, accented)? {
                row.agree(agree::by_word(&texts, &second));
                any = true;
            }
        }
        Ok(any)
    }

    fn locate(&mut self, view: &RgbImage) -> Result<Vec<Quad>, RecogniseError> {
        let mut hasher = DefaultHasher::new();
        view.dimensions().hash(&mut hasher);
        view.as_raw().hash(&mut hasher);
        let digest = hasher.finish();
        if let Some(located) = self.located.as_ref().filter(|one| one.digest == digest) {
            return Ok(located.quads.clone());
        }
        let quads = detect::lines(&self.detector, view)?;
        self.located = Some(Located {
            digest,
            quads: quads.clone(),
            read: Vec::new(),
        });
        Ok(quads)
    }

    /// The words in the quad; where it is far higher than wide, in whichever direction they make most
    /// sense.
    fn line(&self, view: &RgbImage, quad: Quad) -> Result<Reading, RecogniseError> {
        let (across, down) = extent(&quad);
        let mut best = self.words(view, quad)?;
        if down > TALL * across {
            for turned in [detect::upwards(&quad), detect::downwards(&quad)] {
                let reading = self.words(view, turned)?;
                if confidence(&reading.words) > confidence(&best.words) {
                    best = reading;
                }
            }
        }
        Ok(best)
    }

    fn words(&self, view: &RgbImage, quad: Quad) -> Result<Reading, RecogniseError> {
        let (across, down) = extent(&quad);
        let columns = (HEIGHT as f32 * across / down.max(1.0)).ceil() as usize;
        let columns = columns.clamp(STEP, WIDEST);
        let width = columns.next_multiple_of(STEP);
        let planes = raster::stretch(view, &quad, [columns, width, HEIGHT], &Scale::EVEN);
        let distributions = self
            .recogniser
            .run(&planes.values, planes.height, planes.width)?;
        if distributions.len() != width / STEP * spell::classes() {
            return Err(RecogniseError::Network {
                reason: "the recogniser's answer has another size than its line".to_owned(),
            });
        }
        let steps = columns as f32 / STEP as f32;
        let mut words = spell::words(&distributions);
        for word in &mut words {
            word.from = (word.from / steps).clamp(0.0, 1.0);
            word.to = (word.to / steps).clamp(word.from, 1.0);
        }
        Ok(Reading {
            quad,
            words,
            planes,
            columns,
        })
    }

    /// The words of a line in the Arabic script and Tesseract's mean confidence, if that is what it is:
    /// where the network is no surer than `senseless` and Tesseract at least as sure as `convincing`.
    fn in_arabic(
        &mut self,
        line: &Reading,
        senseless: f32,
        convincing: f32,
    ) -> Result<Option<(Vec<Placed>, f32)>, RecogniseError> {
        if confidence(&line.words) > senseless {
            return Ok(None);
        }
        let words = self
            .second
            .arabic(&Strip::new(&line.planes, line.columns))?;
        let letters = |wanted: fn(char) -> bool| {
            let all = words.iter().flat_map(|word| word.text.chars());
            all.filter(|letter| wanted(*letter)).count()
        };
        let of_arabic = letters(is_arabic);
        let of_latin = letters(|letter| letter.is_ascii_alphabetic());
        let sum = words.iter().map(|word| word.confidence).sum::<f32>();
        let sure = sum / words.len().max(1) as f32;
        let is_arabic = of_arabic >= 3 && of_arabic >= 2 * of_latin && sure >= convincing;
        Ok(is_arabic.then_some((words, sure)))
    }
}

/// Whether a character is a letter of the Arabic script.
fn is_arabic(letter: char) -> bool {
    ('\u{620}'..='\u{64a}').contains(&letter)
}

/// The line in the Arabic script.
fn arabic(line: &Reading, words: Vec<Placed>) -> Row {
    let words = words
        .into_iter()
        .map(|word| Word {
            quad: detect::part(&line.quad, word.from, word.to),
            text: Personal::new(word.text),
            confidence: rounded(word.confidence),
            second: None,
            alternatives: Vec::new(),
        })
        .collect();
    let quad = line.quad;
    Row::read(vec![Line { words, quad }])
}

/// The line in the Latin script, split where columns part.
fn latin(line: &Reading) -> Row {
    let (across, down) = extent(&line.quad);
    let gap = COLUMN_GAP * down / across.max(1.0);
    let mut columns: Vec<Vec<Word>> = Vec::new();
    let mut reached = f32::NEG_INFINITY;
    for word in &line.words {
        if columns.is_empty() || word.from - reached > gap {
            columns.push(Vec::new());
        }
        reached = word.to;
        if let Some(column) = columns.last_mut() {
            column.push(Word {
                quad: detect::part(&line.quad, word.from, word.to),
                text: Personal::new(word.text.clone()),
                confidence: rounded(word.confidence),
                second: None,
                alternatives: word.alternatives.iter().map(Personal::new).collect(),
            });
        }
    }
    let lines = if let [_] = columns[..] {
        let whole = |words| Line {
            words,
            quad: line.quad,
        };
        columns.into_iter().map(whole).collect()
    } else {
        columns.into_iter().filter_map(around).collect()
    };
    let is_zone = line.words.iter().any(|word| word.text.contains(FILLERS));
    if is_zone || is_sure_small_print(line) {
        Row::read(lines)
    } else {
        Row::unread(lines, Strip::new(&line.planes, line.columns))
    }
}

/// The line that the words of one column make.
fn around(words: Vec<Word>) -> Option<Line> {
    let (first, last) = (words.first()?, words.last()?);
    let ([top_left, _, _, bottom_left], [_, top_right, bottom_right, _]) =
        (first.quad.0, last.quad.0);
    let quad = Quad([top_left, top_right, bottom_right, bottom_left]);
    Some(Line { words, quad })
}

/// Whether the middle of the line lies in the place.
fn holds(place: &Quad, line: &Quad) -> bool {
    let (left, top, right, bottom) = place.bounds();
    let [a, _, c, _] = line.0;
    let middle = raster::between(a, c, 0.5);
    (left..=right).contains(&middle.x) && (top..=bottom).contains(&middle.y)
}

/// Width and height of a quad, in pixels.
fn extent(quad: &Quad) -> (f32, f32) {
    let [a, b, c, d] = quad.0;
    (
        f32::midpoint(distance(a, b), distance(d, c)),
        f32::midpoint(distance(a, d), distance(b, c)),
    )
}

/// Whether a line is a clause or the label of a field, read beyond doubt: nothing is gained by
/// reading it twice.
fn is_sure_small_print(line: &Reading) -> bool {
    let all = || line.words.iter().flat_map(|word| word.text.chars());
    line.words.len() >= SENTENCE
        && confidence(&line.words) >= SURE
        && !all().any(|letter| letter.is_ascii_digit())
        && 2 * all().filter(|letter| letter.is_lowercase()).count() > all().count()
}

fn letters(words: &[Spelt]) -> usize {
    words.iter().map(|word| word.text.chars().count()).sum()
}

/// Mean confidence of the words, each counted by its length.
fn confidence(words: &[Spelt]) -> f32 {
    let length = |word: &Spelt| word.text.chars().count() as f32;
    let sure = words.iter().map(|word| word.confidence * length(word));
    sure.sum::<f32>() / letters(words).max(1) as f32
}

/// To three decimals, so that the last bits of a sum do not show.
fn rounded(confidence: f32) -> f32 {
    (confidence * 1000.0).round() / 1000.0
}
