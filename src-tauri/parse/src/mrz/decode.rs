//! From lattices to the characters of a zone.
//!
//! The layout is chosen by how well its lines can be laid along the lattices, never by whether its
//! check digits then agree: repair makes digits agree on anything. Check digits come last and may
//! change characters only within a small bound; beyond it the zone is returned as printed, and
//! whoever settles the fields sees which digits fail.

use model::{Lattice, MrzFormat, Personal};

use super::{
    alphabet::{Alphabet, FILLER, index, symbol},
    costs::{self, PlaceCosts},
    layout::{Digit, DigitKind, LAYOUTS, Layout, Span},
    path::{Frames, Greedy, Path, Search},
    solve::{self, Place, Zone},
};
use crate::country;

/// Most nats that making all check digits agree may cost. Measured: without a bound a weak
/// recogniser's zones were "repaired" into agreement eight times as often as into truth.
const REPAIR_BOUND: f32 = 2.5;

/// Most nats for putting a known code of a state in place of an unknown one.
const STATE_BOUND: f32 = 3.0;

/// A character that a layout forbids is returned as printed when it is this many nats likelier than
/// anything the layout allows there.
const PRINTED_BOUND: f32 = 7.0;

/// A path of several lines below this many nats is no zone: real ones lie above half of it, other
/// text below.
const LEAST_SCORE: f32 = -45.0;

/// A first line below this is no zone, even if it should turn out to be of another length.
const HOPELESS_SCORE: f32 = -60.0;

/// The same for a zone of one line, which has less to prove itself by.
const LEAST_SCORE_OF_ONE_LINE: f32 = -12.0;

/// A line is of another length than its layout says when that explains it this many nats better
/// and the search without any grammar counts that length. Weak prints lose characters far more often
/// than printers forget them, so without check digits that speak for it more is asked.
const WRONG_LENGTH_BOUND: f32 = 14.0;

/// The same where the check digits do not agree under the layout's length.
const WRONG_LENGTH_BOUND_WITHOUT_AGREEMENT: f32 = 8.0;

/// How well all other lines must lie for one to be of another length.
const OTHER_LINES: f32 = -12.0;

/// What may be left of other readings for a value to count as proven.
const PROVEN: f32 = 0.99;

/// Longest line that is laid along a lattice; longer ones are no zone and would cost memory.
const MOST_STEPS: usize = 1_200;

/// Other crops whose path is this much worse than the first's saw something else.
const CROP_BOUND: f32 = 25.0;

/// Rivals kept for each character.
const RIVALS: usize = 3;

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
    let fillers: usize = read
        .iter()
        .map(|line| line.symbols.iter().filter(|one| **one == FILLER).count())
        .sum();
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
    let known = best_layout(&crops, &greedy, &mut search)
        .and_then(|(layout, paths)| known_layout(layout, &crops, &greedy, paths, &mut search));
    known.or_else(|| unknown_layout(&crops, &greedy, &mut search))
}

/// The layout whose lines lie best along the first crops, with their paths.
fn best_layout(
    crops: &[Vec<Frames>],
    greedy: &[Greedy],
    search: &mut Search,
) -> Option<(&'static Layout, Vec<Path>)> {
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
    // First lines differ most between layouts. Whatever lies worse along its first line than a
    // rival along all of them need not be looked at further.
    let mut candidates: Vec<(&'static Layout, Path)> = LAYOUTS
        .into_iter()
        .filter(|layout| plausible(layout))
        .filter_map(|layout| Some((layout, lay(layout, 0)?)))
        .filter(|(_, path)| path.score > HOPELESS_SCORE)
        .collect();
    candidates.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    let mut best: Option<(f32, &'static Layout, Vec<Path>)> = None;
    for (layout, first) in candidates {
        let mut score = first.score;
        let mut paths = vec![first];
        for line in 1..crops.len() {
            let least = best.as_ref().map_or(f32::NEG_INFINITY, |(best, ..)| *best);
            if score <= least {
                break;
            }
            let Some(path) = lay(layout, line) else { break };
            score += path.score;
            paths.push(path);
        }
        let complete = paths.len() == crops.len();
        if complete && best.as_ref().is_none_or(|(best, ..)| score > *best) {
            best = Some((score, layout, paths));
        }
    }
    best.map(|(_, layout, paths)| (layout, paths))
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
            LEAST_SCORE_OF_ONE_LINE
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
        Some(settle(layout, &zone, &self.alphabets, &self.paths, score))
    }
}

/// Costs of a line over all its crops that saw the same.
fn costs_of(
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

/// Chooses the characters: what was seen, codes of states where nearly free, check digits within
/// their bound.
fn settle(
    layout: &Layout,
    seen: &Zone,
    alphabets: &[Vec<Alphabet>],
    paths: &[Path],
    score: f32,
) -> Decoded {
    let regular = |line: usize| alphabets[line].len() == layout.length(line);
    let mut limited = Vec::new();
    for (line, places) in seen.0.iter().enumerate() {
        let limit = |(place, alphabet): (&PlaceCosts, &Alphabet)| {
            let printed = place.cheapest(Alphabet::EVERYTHING);
            let allowed = place.cheapest(*alphabet);
            if place.of(allowed) - place.of(printed) > PRINTED_BOUND {
                place.limited(Alphabet::only(printed))
            } else {
                place
                    .limited(*alphabet)
                    .raised(|symbol| costs::prior(*alphabet, symbol))
            }
        };
        limited.push(places.iter().zip(&alphabets[line]).map(limit).collect());
    }
    let mut zone = Zone(limited);
    let raw = cheapest_symbols(&zone);
    let states = layout
        .states
        .iter()
        .filter(|span| regular(span.line))
        .map(|span| (*span, snap_state(&mut zone, *span)))
        .collect();
    let mut symbols = cheapest_symbols(&zone);
    let at = |symbols: &[Vec<u8>], (line, position): Place| {
        symbols
            .get(line)
            .and_then(|line| line.get(position))
            .copied()
            .unwrap_or(FILLER)
    };
    // A digit that covers a line of another length than the layout's cannot be computed.
    let runs =
        |digit: &Digit| digit.over.iter().all(|span| regular(span.line)) && regular(digit.place.0);
    let mut digits = layout.digits(|place| at(&symbols, place));
    let all_run = digits.iter().all(runs);
    let mut repair = 0.0;
    if all_run
        && !digits
            .iter()
            .all(|digit| digit.holds(|place| at(&symbols, place)))
    {
        let filling = solve::cheapest_agreeing(&zone, &digits);
        if let Some((cost, filling)) = filling {
            let cost_of =
                |symbol: u8, place: Place| zone.at(place).map_or(0.0, |costs| costs.of(symbol));
            let unrepaired: f32 = filling
                .iter()
                .map(|(place, _)| cost_of(at(&symbols, *place), *place))
                .sum();
            if cost - unrepaired <= REPAIR_BOUND {
                repair = (cost - unrepaired).max(0.0);
                for ((line, position), symbol) in filling {
                    symbols[line][position] = symbol;
                }
                digits = layout.digits(|place| at(&symbols, place));
            }
        }
    }
    let agrees = |digit: &Digit| digit.holds(|place| at(&symbols, place));
    let composite = digits
        .iter()
        .find(|digit| digit.kind == DigitKind::Composite);
    let whole_agrees = composite.is_none_or(|digit| runs(digit) && agrees(digit));
    let verdict = |digit: &Digit| {
        let certainty = if agrees(digit) {
            solve::share_of_agreeing(&zone, digit, |place| at(&symbols, place))
        } else {
            0.0
        };
        let mut places = digit.places().chain([digit.place]);
        let as_seen = places.all(|place| at(&symbols, place) == at(&raw, place));
        Verdict {
            kind: digit.kind,
            agrees: agrees(digit),
            certainty,
            proven: agrees(digit) && whole_agrees && as_seen && certainty >= PROVEN,
            over: digit.over.clone(),
        }
    };
    let verdicts = digits
        .iter()
        .filter(|digit| runs(digit))
        .map(verdict)
        .collect();
    Decoded {
        format: layout.format,
        lines: characters(seen, alphabets, &symbols, &raw, paths),
        score,
        repair,
        verdicts,
        states,
    }
}

fn cheapest_symbols(zone: &Zone) -> Vec<Vec<u8>> {
    zone.0
        .iter()
        .map(|line| {
            line.iter()
                .map(|place| place.cheapest(Alphabet::EVERYTHING))
                .collect()
        })
        .collect()
}

/// Leaves only the cheapest known code of a state at its place, where that is nearly free, and says
/// how probable it is.
fn snap_state(zone: &mut Zone, span: Span) -> f32 {
    let places: Vec<Place> = span.places().collect();
    let cost = |code: &[u8]| -> f32 {
        let pairs = places.iter().zip(code);
        pairs
            .map(|(place, symbol)| {
                zone.at(*place)
                    .map_or(costs::FORBIDDEN, |costs| costs.of(*symbol))
            })
            .sum()
    };
    let seen: Vec<u8> = places
        .iter()
        .filter_map(|place| Some(zone.at(*place)?.cheapest(Alphabet::EVERYTHING)))
        .collect();
    let known: Vec<(f32, [u8; 3])> = country::codes()
        .map(|code| {
            let mut symbols = [FILLER; 3];
            for (slot, character) in symbols.iter_mut().zip(code.chars()) {
                *slot = index(character).unwrap_or(FILLER);
            }
            (cost(&symbols), symbols)
        })
        .collect();
    let best = known.iter().min_by(|a, b| a.0.total_cmp(&b.0)).copied();
    let seen_cost = cost(&seen);
    let near = best.filter(|(best, _)| *best < costs::FORBIDDEN && best - seen_cost <= STATE_BOUND);
    let Some((best, symbols)) = near else {
        return (-seen_cost).exp().min(1.0);
    };
    for ((line, position), symbol) in places.into_iter().zip(symbols) {
        if let Some(place) = zone.0.get_mut(line).and_then(|line| line.get_mut(position)) {
            *place = place.limited(Alphabet::only(symbol));
        }
    }
    let all: f32 = known.iter().map(|(cost, _)| (best - cost).exp()).sum();
    1.0 / all.max(1.0)
}

/// The characters with their margins and rivals, judged by what was seen.
fn characters(
    seen: &Zone,
    alphabets: &[Vec<Alphabet>],
    symbols: &[Vec<u8>],
    raw: &[Vec<u8>],
    paths: &[Path],
) -> Vec<Vec<Character>> {
    let one = |line: usize, position: usize, costs: &PlaceCosts, taken: u8| {
        let alphabet = alphabets[line][position];
        let ranked: Vec<(u8, f32)> = costs.ranked(alphabet).collect();
        let all: f32 = ranked.iter().map(|(_, cost)| (-cost).exp()).sum();
        let cost = costs.of(taken);
        let rivals: Vec<(char, f32)> = ranked
            .iter()
            .filter(|(other, _)| *other != taken)
            .take(RIVALS)
            .map(|(other, other_cost)| (symbol(*other), other_cost - cost))
            .collect();
        Character {
            symbol: symbol(taken),
            raw: symbol(raw[line][position]),
            margin: rivals.first().map_or(f32::MAX, |(_, margin)| *margin),
            probability: if all > 0.0 {
                ((-cost).exp() / all).min(1.0)
            } else {
                0.0
            },
            rivals,
            steps: paths[line].steps[position],
        }
    };
    seen.0
        .iter()
        .enumerate()
        .map(|(line, places)| {
            let taken = places.iter().zip(&symbols[line]).enumerate();
            taken
                .map(|(position, (costs, taken))| one(line, position, costs, *taken))
                .collect()
        })
        .collect()
}

/// A clear band of OCR-B whose layout is not known, returned as printed.
///
/// A page of print, a table of digits or a keyboard must never pass, so every line has to be long,
/// clear at every character, explained by one path, and the band must hold a filler.
fn unknown_layout(
    crops: &[Vec<Frames>],
    greedy: &[Greedy],
    search: &mut Search,
) -> Option<Decoded> {
    const SHORTEST: usize = 22;
    const LONGEST: usize = 48;
    const CERTAINTY: f32 = 0.93;
    /// Least log-probability per character of a path.
    const LEAST: f32 = -0.2;
    if let ([line], [read]) = (crops, greedy)
        && let Some(decoded) = like_french_driving_licence(line, read, search)
    {
        return Some(decoded);
    }
    let clear = |read: &Greedy| {
        (SHORTEST..=LONGEST).contains(&read.symbols.len())
            && read.certainty >= CERTAINTY
            && read.score >= LEAST * read.symbols.len() as f32
    };
    let symbols = || greedy.iter().flat_map(|read| &read.symbols);
    let fillers = symbols().filter(|one| **one == FILLER).count();
    let digits = symbols()
        .filter(|one| Alphabet::DIGIT.contains(**one))
        .count();
    // Every zone holds a number and dates; a line without is a part of one, or a sentence.
    if !greedy.iter().all(clear) || fillers == 0 || digits < 8 {
        return None;
    }
    let alphabets: Vec<Vec<Alphabet>> = greedy
        .iter()
        .map(|read| vec![Alphabet::EVERYTHING; read.symbols.len()])
        .collect();
    let paths: Vec<Path> = crops
        .iter()
        .zip(&alphabets)
        .map(|(crops, alphabets)| search.align(crops.first()?, alphabets))
        .collect::<Option<_>>()?;
    Some(as_printed(crops, &alphabets, &paths, search))
}

/// The lines under alphabets alone, with no layout to say more.
fn as_printed(
    crops: &[Vec<Frames>],
    alphabets: &[Vec<Alphabet>],
    paths: &[Path],
    search: &mut Search,
) -> Decoded {
    let lines = crops.iter().zip(paths).zip(alphabets);
    let seen = Zone(
        lines
            .map(|((crops, path), alphabets)| costs_of(crops, path, alphabets, search))
            .collect(),
    );
    let limited = seen.0.iter().zip(alphabets).map(|(line, alphabets)| {
        let places = line.iter().zip(alphabets);
        places
            .map(|(place, alphabet)| place.limited(*alphabet))
            .collect()
    });
    let symbols = cheapest_symbols(&Zone(limited.collect()));
    Decoded {
        format: MrzFormat::Nonstandard,
        lines: characters(&seen, alphabets, &symbols, &symbols, paths),
        score: paths.iter().map(|path| path.score).sum(),
        repair: 0.0,
        verdicts: Vec::new(),
        states: Vec::new(),
    }
}

/// A line that begins as a French driving licence does and ends in its digit, but is of another
/// length: illustrations print such, in faces whose `O` and `0` are alike, so that only the places of
/// letters and digits tell them apart.
fn like_french_driving_licence(
    crops: &[Frames],
    read: &Greedy,
    search: &mut Search,
) -> Option<Decoded> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 28..=36;
    const CERTAINTY: f32 = 0.8;
    /// How much worse than the free search the path may be: a dozen letters taken for their digits.
    const BOUND: f32 = -35.0;
    /// What another length than the free search counts has to gain, in nats.
    const OTHER_LENGTH: f32 = 6.0;
    let lengths = (read.symbols.len().saturating_sub(1)..=read.symbols.len() + 1)
        .filter(|length| LENGTHS.contains(length));
    if read.certainty < CERTAINTY {
        return None;
    }
    let alphabets = |length: usize| -> Vec<Alphabet> {
        let start = [
            (1, Alphabet::LETTER),
            (1, Alphabet::DIGIT),
            (1, Alphabet::of("F")),
            (1, Alphabet::of("R")),
            (1, Alphabet::of("A")),
            (2, Alphabet::DIGIT),
            (2, Alphabet::LETTER),
            (11, Alphabet::DIGIT),
        ];
        let start = start
            .into_iter()
            .flat_map(|(count, alphabet)| std::iter::repeat_n(alphabet, count));
        let mut line: Vec<Alphabet> = start.collect();
        line.resize(length - 1, Alphabet::ANY);
        line.push(Alphabet::DIGIT);
        line
    };
    let mut best: Option<(f32, Vec<Alphabet>, Path)> = None;
    for length in lengths {
        let alphabets = alphabets(length);
        let first = search.align(crops.first()?, &alphabets);
        let others = crops.iter().skip(1);
        let others: f32 = others
            .filter_map(|frames| search.align(frames, &alphabets))
            .map(|path| path.score)
            .sum();
        let Some(first) = first else { continue };
        let differs = if length == read.symbols.len() {
            0.0
        } else {
            OTHER_LENGTH
        };
        let total = first.score + others - differs;
        if best.as_ref().is_none_or(|(other, ..)| total > *other) {
            best = Some((total, alphabets, first));
        }
    }
    let (_, alphabets, path) = best?;
    if path.score < BOUND + read.score {
        return None;
    }
    let crops = [crops.to_vec()];
    Some(as_printed(&crops, &[alphabets], &[path], search))
}

#[cfg(test)]
mod tests {
    use model::{Lattice, MrzFormat};

    use super::{Decoded, decode, glance};
    use crate::mrz::{
        layout::DigitKind,
        synthesis::{Dice, clean, misread, noisy},
    };

    const TD3: [&str; 2] = [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ];

    fn read(lines: &[&str], draw: impl Fn(usize, &str) -> Vec<Lattice>) -> Option<Decoded> {
        let crops: Vec<Vec<Lattice>> = lines
            .iter()
            .enumerate()
            .map(|(line, text)| draw(line, text))
            .collect();
        decode(&crops)
    }

    fn text(decoded: &Decoded) -> Vec<String> {
        let lines = decoded.text().into_iter();
        lines.map(model::Personal::into_inner).collect()
    }

    #[test]
    fn every_format_is_decoded_as_itself() {
        for (lines, format) in [
            (&TD3[..], MrzFormat::Td3),
            (
                &[
                    "I<UTOD231458907<<<<<<<<<<<<<<<",
                    "7408122F1204159UTO<<<<<<<<<<<6",
                    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
                ],
                MrzFormat::Td1,
            ),
            (
                &[
                    "I<UTOD23145890<7349<<<<<<<<<<<",
                    "3407127M9507122UTO<<<<<<<<<<<2",
                    "STEVENSON<<PETER<JOHN<<<<<<<<<",
                ],
                MrzFormat::Td1,
            ),
            (
                &[
                    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                    "D231458907UTO7408122F1204159<<<<<<<6",
                ],
                MrzFormat::Td2,
            ),
            (
                &[
                    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
                ],
                MrzFormat::MrvA,
            ),
            (
                &[
                    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                    "L8988901C4XXX4009078F9612109<<<<<<<<",
                ],
                MrzFormat::MrvB,
            ),
            (
                &[
                    "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
                    "9409923102854CORINNE<<<<<<<6512068F4",
                ],
                MrzFormat::FrenchId,
            ),
            (
                &["D1FRA13AA000026181231MARTIN<<9"],
                MrzFormat::FrenchDrivingLicence,
            ),
            (
                &[
                    "CRFRAAB123CD0VFSIV2009ASIV200929801059VP<<<<",
                    "CI<<MARQUES<<<<<<<MODELE<<<<<<<2009AS0528402",
                ],
                MrzFormat::FrenchVehicleRegistration,
            ),
            (
                &[
                    "AAA001D<<",
                    "FACHE003110410001<<650311<<<<<",
                    "MUSTER<<MARTIN<<<<<<<<<<<<<<<<",
                ],
                MrzFormat::SwissDrivingLicence,
            ),
            (&["A1FRA13AA00026140101RICHARD<SP7"], MrzFormat::Nonstandard),
            (
                &["A2FRA56BB5689451313102135MARTIN<1"],
                MrzFormat::Nonstandard,
            ),
        ] {
            let most = if format == MrzFormat::Nonstandard {
                0.1
            } else {
                0.4
            };
            for noise in [0.0, most] {
                let seed = |line| 11 + line as u64;
                let decoded = read(lines, |line, text| vec![noisy(text, seed(line), noise)]);
                let decoded = decoded.unwrap_or_else(|| panic!("{format:?} is not decoded"));
                assert_eq!(decoded.format, format);
                assert_eq!(text(&decoded), lines, "{format:?}");
                assert!(decoded.agrees(), "{format:?}");
            }
        }
    }

    #[test]
    fn a_misread_digit_is_repaired_and_the_raw_read_kept() {
        // The 8 of the birth date is seen as B, which no date may hold, the 2 as 1.
        let lines = [vec![clean(TD3[0])], vec![misread(TD3[1], 18, '1', 0.25)]];
        let decoded = decode(&lines).unwrap();
        assert_eq!(text(&decoded), TD3);
        let repaired = &decoded.lines[1][18];
        assert_eq!((repaired.symbol, repaired.raw), ('2', '1'));
        assert!(repaired.margin < 0.0 && decoded.repair > 0.5);
        assert_eq!(repaired.rivals[0].0, '1');
    }

    #[test]
    fn repair_is_bounded_and_wrong_digits_stay_as_printed() {
        let lines = [vec![clean(TD3[0])], vec![misread(TD3[1], 18, '1', 0.0)]];
        let decoded = decode(&lines).unwrap();
        assert_eq!(text(&decoded)[1].as_bytes()[18], b'1');
        let birth = |verdict: &&super::Verdict| verdict.kind == DigitKind::DateOfBirth;
        assert!(!decoded.verdicts.iter().find(birth).unwrap().agrees);
        assert!(decoded.repair == 0.0 && !decoded.agrees());
    }

    #[test]
    fn several_crops_outvote_one() {
        let wrong = misread(TD3[0], 8, 'B', 0.05);
        let alone = decode(&[vec![wrong.clone()], vec![clean(TD3[1])]]).unwrap();
        assert_eq!(text(&alone)[0].as_bytes()[8], b'B');
        let crops = vec![wrong, clean(TD3[0]), clean(TD3[0])];
        let decoded = decode(&[crops, vec![clean(TD3[1])]]).unwrap();
        assert_eq!(text(&decoded), TD3);
    }

    #[test]
    fn blind_twins_take_the_certainty_from_a_digit() {
        // F and P are one class: the digit agrees whichever stands in the number.
        let lines = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3[1]];
        let sure = decode(&[vec![clean(lines[0])], vec![clean(lines[1])]]).unwrap();
        let number = |decoded: &Decoded| {
            let verdicts = decoded.verdicts.iter();
            let mut found = verdicts.filter(|verdict| verdict.kind == DigitKind::DocumentNumber);
            found.next().unwrap().certainty
        };
        assert!(number(&sure) > 0.99, "{}", number(&sure));
        // L stands first; its twins are 1, B and V.
        let twin = misread(TD3[1], 0, 'L', 0.0);
        let mut rival = twin.clone();
        let columns = rival.columns();
        for step in 0..rival.steps() {
            let row = &mut rival.log_probabilities[step * columns..(step + 1) * columns];
            // As likely a V as an L, where the L is seen.
            row[1 + 21] = row[1 + 21].max(row[1 + 11] - 0.4);
        }
        let doubtful = decode(&[vec![clean(lines[0])], vec![rival]]).unwrap();
        assert!(number(&doubtful) < 0.75, "{}", number(&doubtful));
    }

    #[test]
    fn prints_that_break_the_standard_are_given_as_printed() {
        let spanish = [
            "IDESPAAA1000014<00000023T<<<<<",
            "7212018F1101236ESP<<<<<<<<<<<8",
            "ESPAÑOLA<ESPAÑOLA<CARMEN<<<<<<",
        ];
        let decoded = read(&spanish, |_, text| vec![clean(text)]).unwrap();
        assert_eq!(text(&decoded), spanish);
        assert!(!decoded.agrees());

        let short = [TD3[0], &TD3[1][..43]];
        let decoded = read(&short, |_, text| vec![clean(text)]).unwrap();
        assert_eq!(decoded.format, MrzFormat::Td3);
        assert_eq!(text(&decoded), short);
        assert!(decoded.verdicts.is_empty());
    }

    #[test]
    fn two_lines_of_other_lengths_are_another_layout() {
        let lines = [
            "IDFRALEFEVRE<<<<<<<<<<<<<<8671324",
            "076020012817FRANCOISE<<<<<0004065F0",
        ];
        let decoded = read(&lines, |_, text| vec![clean(text)]).unwrap();
        assert_eq!(decoded.format, MrzFormat::Nonstandard);
        assert_eq!(text(&decoded), lines);
    }

    #[test]
    fn codes_of_states_are_put_right_when_that_is_nearly_free() {
        let unsure = misread(TD3[0], 2, 'O', 0.2);
        let decoded = decode(&[vec![unsure], vec![clean(TD3[1])]]).unwrap();
        assert_eq!(text(&decoded), TD3);
        let wrong = misread(TD3[0], 2, 'O', 0.0);
        let decoded = decode(&[vec![wrong], vec![clean(TD3[1])]]).unwrap();
        assert_eq!(&text(&decoded)[0][..5], "P<OTO");
    }

    #[test]
    fn other_text_is_no_zone() {
        let mut dice = Dice(5);
        let mut random = |count: usize, symbols: &[char]| -> String {
            (0..count)
                .map(|_| symbols[dice.one_of(symbols.len())])
                .collect()
        };
        let letters: Vec<char> = ('A'..='Z').collect();
        let digits: Vec<char> = ('0'..='9').collect();
        for round in 0..20 {
            let symbols = if round % 2 == 0 { &letters } else { &digits };
            for (lines, count) in [(1, 30), (2, 44), (2, 36), (3, 30), (2, 40)] {
                let crops: Vec<Vec<Lattice>> = (0..lines)
                    .map(|_| vec![clean(&random(count, symbols))])
                    .collect();
                assert_eq!(decode(&crops).map(|decoded| decoded.format), None);
            }
        }
    }

    #[test]
    fn a_glance_tells_zones_from_noise() {
        let zone = glance(&[clean(TD3[0]), clean(TD3[1])]);
        assert_eq!(zone.lengths, (44, 44));
        assert!(zone.certainty > 0.95 && zone.fillers > 0.2);
        assert_eq!(glance(&[]).lengths, (0, 0));
    }
}
