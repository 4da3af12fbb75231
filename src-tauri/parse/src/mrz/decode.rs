//! From lattices to the characters of a zone.
//!
//! The layout is chosen by how well its lines can be laid along the lattices, never by whether its
//! check digits then agree: repair makes digits agree on anything. Check digits come last and may
//! change characters only within a small bound; beyond it the zone is returned as printed, and
//! whoever settles the fields sees which digits fail.

use model::{Lattice, MrzFormat, Personal};

use super::{
    alphabet::{Alphabet, FILLER},
    choose::settle,
    costs::{self, PlaceCosts},
    layout::{DigitKind, LAYOUTS, Layout, Span},
    path::{Frames, Greedy, Path, Search},
    solve::Zone,
    unknown::unknown_layout,
};

/// A path of several lines below this many nats is no zone: real ones lie above half of it, other
/// text below.
const LEAST_SCORE: f32 = -45.0;

/// Layouts whose paths are this few nats apart explain a print about equally well.
const NEAR: f32 = 3.0;

/// Above this every character of a zone is clear.
const CLEAR_SCORE: f32 = -12.0;

/// A first line below this is no zone, even if it should turn out to be of another length.
const HOPELESS_SCORE: f32 = -60.0;

/// The same for a zone of one line, which has less to prove itself by.
const LEAST_SCORE_OF_ONE_LINE: f32 = -12.0;

/// The same where all its check digits agree as seen: a layout with two digits, the number they make
/// with the date between them and a fixed beginning is then not met by chance.
const LEAST_SCORE_OF_ONE_LINE_THAT_AGREES: f32 = -24.0;

/// A line is of another length than its layout says when that explains it this many nats better
/// and the search without any grammar counts that length. Weak prints lose characters far more often
/// than printers forget them, so without check digits that speak for it more is asked.
const WRONG_LENGTH_BOUND: f32 = 14.0;

/// The same where the check digits do not agree under the layout's length.
const WRONG_LENGTH_BOUND_WITHOUT_AGREEMENT: f32 = 8.0;

/// How well all other lines must lie for one to be of another length.
const OTHER_LINES: f32 = -12.0;

/// Longest line that is laid along a lattice; longer ones are no zone and would cost memory.
const MOST_STEPS: usize = 1_200;

/// Other crops whose path is this much worse than the first's saw something else.
const CROP_BOUND: f32 = 25.0;

/// One character of a zone.
#[derive(Clone, PartialEq)]
pub struct Character {
    /// What it is held to be.
    pub symbol: char,
    /// What was seen, before check digits and codes of states were considered.
    pub raw: char,
    /// How much likelier it is than its strongest rival, in nats; negative where it was repaired.
    pub margin: f32,
    /// Its probability among all symbols that may stand here.
    pub probability: f32,
    /// The strongest rivals, with how much less likely each is, in nats.
    pub rivals: Vec<(char, f32)>,
    /// First step and the step after the last, in the first crop's lattice.
    pub steps: (usize, usize),
}

impl std::fmt::Debug for Character {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Character")
    }
}

/// What a check digit of the zone says.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What the digit is about.
    pub kind: DigitKind,
    /// Whether it agrees.
    pub agrees: bool,
    /// The probability that what it covers is read right; for a digit that agrees this counts only
    /// the readings that agree as well, so that its blind spots remain.
    pub certainty: f32,
    /// Whether arithmetic proves what it covers: it and the composite digit agree, nothing it covers
    /// had to be repaired, and no other reading that agrees is likely.
    pub proven: bool,
    /// What it covers, without the digit.
    pub over: Vec<Span>,
}

/// A zone as decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// Its layout.
    pub format: MrzFormat,
    /// Its lines.
    pub lines: Vec<Vec<Character>>,
    /// Log-probability of the paths through the first crops, at most 0.
    pub score: f32,
    /// How much better the lines lie under this layout than under the next, in nats; infinite where no
    /// other comes near.
    pub ahead: f32,
    /// What the repair of check digits cost, in nats; 0 where nothing was changed.
    pub repair: f32,
    /// Its check digits.
    pub verdicts: Vec<Verdict>,
    /// Where codes of states stand, with the probability that each is read right: its share among
    /// all codes that exist.
    pub states: Vec<(Span, f32)>,
}

impl Decoded {
    /// The lines as text.
    pub fn text(&self) -> Vec<Personal> {
        self.lines
            .iter()
            .map(|line| {
                line.iter()
                    .map(|character| character.symbol)
                    .collect::<String>()
                    .into()
            })
            .collect()
    }

    /// Whether every check digit agrees. True of layouts without any.
    pub fn agrees(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.agrees)
    }

    /// Whether the layout itself is open to doubt: digits fail, and either another layout explains the
    /// lines about as well, or this one does so poorly. What a single digit then proves may be proved
    /// of another field.
    pub fn is_layout_doubtful(&self) -> bool {
        !self.agrees() && (self.ahead < NEAR || self.score < CLEAR_SCORE)
    }

    /// The characters of a span; those that the lines do not have are left out.
    pub fn characters(&self, span: Span) -> &[Character] {
        let line = self.lines.get(span.line).map_or(&[][..], Vec::as_slice);
        let to = span.to.min(line.len());
        line.get(span.from.min(to)..to).unwrap_or_default()
    }
}

/// A first look at lines: whether decoding them may be worth its while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glance {
    /// Characters of the shortest and the longest line.
    pub lengths: (usize, usize),
    /// Mean probability of the characters, 0 to 1, of the worst line.
    pub certainty: f32,
    /// Share of fillers among all characters.
    pub fillers: f32,
}

/// Looks at one crop of each line without any grammar.
pub fn glance(lines: &[Lattice]) -> Glance {
    let read: Vec<Greedy> = lines
        .iter()
        .map(|lattice| Frames::of(lattice).greedy())
        .collect();
    let lengths = read.iter().map(|line| line.symbols.len());
    let characters: usize = lengths.clone().sum();
    let symbols = read.iter().flat_map(|line| &line.symbols);
    let fillers = symbols.filter(|one| **one == FILLER).count();
    Glance {
        lengths: (
            lengths.clone().min().unwrap_or(0),
            lengths.max().unwrap_or(0),
        ),
        certainty: read.iter().map(|line| line.certainty).fold(1.0, f32::min),
        fillers: fillers as f32 / characters.max(1) as f32,
    }
}

/// Decodes a zone from one or more crops of each of its lines, the crop as located first.
///
/// None where the lines are no zone of any known layout, nor a clear band of an unknown one.
pub fn decode(lines: &[Vec<Lattice>]) -> Option<Decoded> {
    let crops: Vec<Vec<Frames>> = lines
        .iter()
        .map(|crops| {
            crops
                .iter()
                .filter(|lattice| lattice.steps() <= MOST_STEPS)
                .map(Frames::of)
                .collect()
        })
        .collect();
    if crops.is_empty() || crops.iter().any(Vec::is_empty) {
        return None;
    }
    let greedy: Vec<Greedy> = crops
        .iter()
        .filter_map(|line| Some(line.first()?.greedy()))
        .collect();
    let mut search = Search::default();
    let known = best_layout(&crops, &greedy, &mut search).and_then(|best| {
        let decoded = known_layout(best.layout, &crops, &greedy, best.paths, &mut search)?;
        Some(Decoded {
            ahead: best.ahead,
            ..decoded
        })
    });
    known.or_else(|| unknown_layout(&crops, &greedy, &mut search))
}

/// The layout whose lines lie best along the first crops.
struct Best {
    layout: &'static Layout,
    paths: Vec<Path>,
    score: f32,
    /// How far the next layout lies behind, in nats; infinite where none comes within [`NEAR`].
    ahead: f32,
}

/// Finds the layout whose lines lie best along the first crops.
fn best_layout(crops: &[Vec<Frames>], greedy: &[Greedy], search: &mut Search) -> Option<Best> {
    // Weak prints lose characters of a greedy search and texture adds some, never half of them.
    let plausible = |layout: &Layout| {
        layout.lines.len() == crops.len()
            && greedy.iter().enumerate().all(|(line, read)| {
                let (wanted, seen) = (layout.length(line), read.symbols.len());
                seen * 5 >= wanted * 3 && seen * 4 <= wanted * 5 + 4
            })
    };
    let mut lay = |layout: &Layout, line: usize| {
        search.align(crops.get(line)?.first()?, &layout.alphabets(line))
    };
    // First lines differ most between layouts. Whatever lies clearly worse along its first line than
    // a rival along all of them need not be looked at further.
    let mut candidates: Vec<(&'static Layout, Path)> = LAYOUTS
        .into_iter()
        .filter(|layout| plausible(layout))
        .filter_map(|layout| Some((layout, lay(layout, 0)?)))
        .filter(|(_, path)| path.score > HOPELESS_SCORE)
        .collect();
    candidates.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    let mut best: Option<Best> = None;
    for (layout, first) in candidates {
        let mut score = first.score;
        let mut paths = vec![first];
        for line in 1..crops.len() {
            if best.as_ref().is_some_and(|best| score <= best.score - NEAR) {
                break;
            }
            let Some(path) = lay(layout, line) else { break };
            score += path.score;
            paths.push(path);
        }
        if paths.len() < crops.len() {
            continue;
        }
        let found = |ahead| Best {
            layout,
            paths,
            score,
            ahead,
        };
        best = Some(match best {
            None => found(f32::INFINITY),
            Some(other) if score > other.score => found(score - other.score),
            Some(other) => Best {
                ahead: other.ahead.min(other.score - score),
                ..other
            },
        });
    }
    best
}

/// Decodes under a layout; none where the lines do not follow it well enough to be a zone.
fn known_layout(
    layout: &'static Layout,
    crops: &[Vec<Frames>],
    greedy: &[Greedy],
    paths: Vec<Path>,
    search: &mut Search,
) -> Option<Decoded> {
    let alphabets = (0..crops.len())
        .map(|line| layout.alphabets(line))
        .collect();
    let mut laid = Laid { alphabets, paths };
    let found = laid.other_length(layout, crops, greedy, WRONG_LENGTH_BOUND, search);
    let decoded = laid.settled(layout, crops, search)?;
    let bound = WRONG_LENGTH_BOUND_WITHOUT_AGREEMENT;
    if decoded.agrees() || !laid.other_length(layout, crops, greedy, bound, search) {
        return Some(decoded);
    }
    // Two lines of other lengths are another layout, or no zone.
    if found {
        return None;
    }
    laid.settled(layout, crops, search)
}

/// Lines laid along their first crops.
struct Laid {
    alphabets: Vec<Vec<Alphabet>>,
    paths: Vec<Path>,
}

impl Laid {
    /// Finds the one line that was printed with a few characters too many or too few, and lays it
    /// anew; whether there was one.
    ///
    /// Its first characters must still be those of its layout, and all other lines must lie well:
    /// otherwise any two lines of print would pass for a zone.
    fn other_length(
        &mut self,
        layout: &Layout,
        crops: &[Vec<Frames>],
        greedy: &[Greedy],
        bound: f32,
        search: &mut Search,
    ) -> bool {
        const KEPT: usize = 5;
        const CERTAINTY: f32 = 0.97;
        if layout.digits.is_empty() || crops.len() < 2 {
            return false;
        }
        let line = (0..crops.len()).find(|line| {
            let others = self
                .paths
                .iter()
                .enumerate()
                .filter(|(other, _)| other != line);
            let others: f32 = others.map(|(_, path)| path.score).sum();
            let (wanted, count) = (layout.length(*line), greedy[*line].symbols.len());
            let regular = self.alphabets[*line].len() == wanted;
            let gain = greedy[*line].score - self.paths[*line].score;
            regular
                && others > OTHER_LINES
                && greedy[*line].certainty > CERTAINTY
                && count != wanted
                && count.abs_diff(wanted) <= 4
                && gain > bound
        });
        let Some(line) = line else { return false };
        let count = greedy[line].symbols.len();
        let mut free = layout.alphabets(line);
        free.truncate(KEPT);
        free.resize(count, Alphabet::ANY);
        let frames = crops.get(line).and_then(|crops| crops.first());
        let other = frames.and_then(|frames| search.align(frames, &free));
        match other {
            Some(other) if other.score - self.paths[line].score > bound => {
                self.paths[line] = other;
                self.alphabets[line] = free;
                true
            }
            _ => false,
        }
    }

    /// The characters; none where the paths are too poor for a zone.
    fn settled(
        &self,
        layout: &Layout,
        crops: &[Vec<Frames>],
        search: &mut Search,
    ) -> Option<Decoded> {
        let score: f32 = self.paths.iter().map(|path| path.score).sum();
        let least = if crops.len() == 1 {
            LEAST_SCORE_OF_ONE_LINE_THAT_AGREES
        } else {
            LEAST_SCORE
        };
        if score < least {
            return None;
        }
        let lines = crops.iter().zip(&self.paths).zip(&self.alphabets);
        let zone = Zone(
            lines
                .map(|((crops, path), alphabets)| costs_of(crops, path, alphabets, search))
                .collect(),
        );
        let decoded = settle(layout, &zone, &self.alphabets, &self.paths, score);
        let enough = crops.len() > 1
            || score >= LEAST_SCORE_OF_ONE_LINE
            || (decoded.agrees() && decoded.repair == 0.0);
        (enough && is_zone(&decoded)).then_some(decoded)
    }
}

/// Whether digits or print speak for a zone: texture and rules can look like lines of fillers, which
/// no layout forbids.
///
/// Of a zone whose digits do not all agree at least one digit must, over something else than
/// fillers, unless every line lies clearly: misprinted specimens do, texture does not.
fn is_zone(decoded: &Decoded) -> bool {
    let says_something = |verdict: &Verdict| {
        let spans = verdict
            .over
            .iter()
            .flat_map(|span| decoded.characters(*span));
        verdict.agrees && spans.filter(|one| one.symbol != '<').count() >= 4
    };
    decoded.score > CLEAR_SCORE
        || decoded.verdicts.is_empty()
        || decoded.verdicts.iter().any(says_something)
}

/// Costs of a line over all its crops that saw the same.
pub(super) fn costs_of(
    crops: &[Frames],
    first: &Path,
    alphabets: &[Alphabet],
    search: &mut Search,
) -> Vec<PlaceCosts> {
    let others: Vec<(&Frames, Path)> = crops
        .iter()
        .skip(1)
        .filter_map(|frames| Some((frames, search.align(frames, alphabets)?)))
        .filter(|(_, path)| path.score > first.score - CROP_BOUND)
        .collect();
    let pairs: Vec<(&Frames, &Path)> = crops
        .first()
        .map(|frames| (frames, first))
        .into_iter()
        .chain(others.iter().map(|(frames, path)| (*frames, path)))
        .collect();
    costs::of_line(&pairs, alphabets.len())
}
