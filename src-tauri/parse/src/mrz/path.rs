//! Laying exactly N characters along a lattice.
//!
//! The best path of connectionist temporal classification (Graves et al. 2006) that emits exactly N
//! characters, each from the alphabet of its position: a Viterbi search over (characters emitted,
//! symbol of the last one). A free search would drop or double fillers, which come in runs of thirty
//! and look all alike; the number of characters is the strongest thing a layout knows.

use model::Lattice;

use super::alphabet::{Alphabet, SYMBOLS, index};

/// Symbols rounded up to whole vector registers of eight numbers.
const LANES: usize = 40;

/// Logarithm of a probability that rules a path out without making sums infinite.
const NEVER: f32 = -1e6;

/// The least log-probability a step may give a symbol: an engine that says "impossible" is not
/// believed more than this many nats.
const FLOOR: f32 = -16.0;

/// One row of a lattice or a search, over all symbols.
type Row = [f32; LANES];

/// A lattice in the order of our alphabet, with bounded numbers.
#[derive(Clone)]
pub(crate) struct Frames {
    blanks: Vec<f32>,
    symbols: Vec<Row>,
}

impl Frames {
    /// Reads a lattice. Symbols that no zone knows are left out; numbers that are none are taken
    /// for the least probability.
    pub(crate) fn of(lattice: &Lattice) -> Self {
        let columns: Vec<Option<u8>> = lattice.alphabet.iter().map(|c| index(*c)).collect();
        let bound = |number: f32| {
            if number.is_finite() {
                number.clamp(FLOOR, 0.0)
            } else {
                FLOOR
            }
        };
        let mut blanks = Vec::with_capacity(lattice.steps());
        let mut symbols = Vec::with_capacity(lattice.steps());
        for step in 0..lattice.steps() {
            let mut row = [NEVER; LANES];
            row[..SYMBOLS].fill(FLOOR);
            let mut numbers = lattice.row(step).iter().copied().map(bound);
            blanks.push(numbers.next().unwrap_or(0.0));
            for (number, column) in numbers.zip(&columns) {
                if let Some(cell) = column.and_then(|column| row.get_mut(column as usize)) {
                    *cell = cell.max(number);
                }
            }
            symbols.push(row);
        }
        Self { blanks, symbols }
    }

    /// Number of steps.
    pub(crate) fn steps(&self) -> usize {
        self.blanks.len()
    }

    /// Log-probability of a symbol at a step.
    pub(crate) fn at(&self, step: usize, symbol: u8) -> f32 {
        self.symbols
            .get(step)
            .and_then(|row| row.get(symbol as usize))
            .copied()
            .unwrap_or(NEVER)
    }

    /// The first step of every character of the likeliest path and the step after its last.
    pub(crate) fn shown(&self) -> Vec<(usize, usize)> {
        let mut shown: Vec<(usize, usize)> = Vec::new();
        let mut last = None;
        for (step, (blank, row)) in self.blanks.iter().zip(&self.symbols).enumerate() {
            let likeliest = row.iter().copied().enumerate();
            let likeliest = likeliest.max_by(|a, b| a.1.total_cmp(&b.1));
            let symbol = likeliest
                .filter(|(_, best)| best > blank)
                .map(|(symbol, _)| symbol);
            match (symbol, shown.last_mut()) {
                (Some(_), Some((_, to))) if symbol == last => *to = step + 1,
                (Some(_), _) => shown.push((step, step + 1)),
                (None, _) => {}
            }
            last = symbol;
        }
        shown
    }

    /// The text of the likeliest symbol at every step, repeats and blanks removed, with the
    /// log-probability of that path and the mean probability of its characters.
    pub(crate) fn greedy(&self) -> Greedy {
        let mut greedy = Greedy {
            symbols: Vec::new(),
            score: 0.0,
            certainty: 0.0,
        };
        let mut last = None;
        let mut peak = 0.0_f32;
        let mut total = 0.0;
        for (blank, row) in self.blanks.iter().zip(&self.symbols) {
            let (symbol, best) =
                row.iter()
                    .enumerate()
                    .fold((0, NEVER), |(at, best), (symbol, value)| {
                        if *value > best {
                            (symbol, *value)
                        } else {
                            (at, best)
                        }
                    });
            greedy.score += best.max(*blank);
            if best <= *blank {
                last = None;
                continue;
            }
            if last == Some(symbol) {
                peak = peak.max(best);
            } else {
                total += if greedy.symbols.is_empty() {
                    0.0
                } else {
                    peak.exp()
                };
                greedy.symbols.push(symbol as u8);
                peak = best;
            }
            last = Some(symbol);
        }
        if !greedy.symbols.is_empty() {
            greedy.certainty = (total + peak.exp()) / greedy.symbols.len() as f32;
        }
        greedy
    }
}

/// What a search without any grammar reads.
pub(crate) struct Greedy {
    pub(crate) symbols: Vec<u8>,
    /// Log-probability of the path, at most 0.
    pub(crate) score: f32,
    /// Mean over the characters of the probability at their clearest step, 0 to 1.
    pub(crate) certainty: f32,
}

/// Where each character of a line lies.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// Log-probability of the whole path, blanks included.
    pub(crate) score: f32,
    /// First step of each character and the step after its last.
    pub(crate) steps: Vec<(usize, usize)>,
}

/// The positions that may be reached at each step.
///
/// Characters of a zone are all equally wide, so between the first and the last step that show any,
/// position and step run in proportion; perspective, a stretched crop or a patch of glare move a
/// character by a few places, never by a quarter of the line.
struct Corridor {
    first_shown: f32,
    characters_per_step: f32,
    half_width: f32,
}

impl Corridor {
    fn of(frames: &Frames, count: usize) -> Self {
        let shown = |step: &usize| {
            let best = frames.symbols[*step].iter().copied().fold(NEVER, f32::max);
            best > frames.blanks[*step]
        };
        let last = frames.steps().saturating_sub(1);
        let first_shown = (0..frames.steps()).find(shown).unwrap_or(0);
        let last_shown = (0..frames.steps()).rev().find(shown).unwrap_or(last);
        let length = (last_shown + 1).saturating_sub(first_shown).max(1);
        Self {
            first_shown: first_shown as f32,
            characters_per_step: count as f32 / length as f32,
            half_width: 5.0 + count as f32 / 8.0,
        }
    }

    /// The first position and the one after the last at a step, out of `count`.
    fn at(&self, step: usize, count: usize) -> (usize, usize) {
        let middle = (step as f32 - self.first_shown) * self.characters_per_step;
        let first = (middle - self.half_width).max(0.0) as usize;
        let last = (middle + self.half_width).max(0.0) as usize + 1;
        (first.min(count), last.min(count))
    }
}

/// Memory of a search, kept between searches so that none of them allocates once it has grown.
#[derive(Default)]
pub(crate) struct Search {
    /// Per step and position, the best path whose last step shows that symbol.
    characters: Vec<Row>,
    /// Per step and number of characters emitted, the best path whose last step is blank.
    blanks: Vec<f32>,
    /// Per position, 0 where a symbol may stand and [`NEVER`] elsewhere.
    barriers: Vec<Row>,
}

/// The largest value of a row and the second largest, equal where it occurs twice.
fn two_largest(row: &Row) -> (f32, f32) {
    let mut first = [NEVER; 8];
    let mut second = [NEVER; 8];
    for chunk in row.chunks_exact(8) {
        for lane in 0..8 {
            second[lane] = second[lane].max(first[lane].min(chunk[lane]));
            first[lane] = first[lane].max(chunk[lane]);
        }
    }
    let mut best = (NEVER, NEVER);
    for value in first.into_iter().chain(second) {
        best.1 = best.1.max(best.0.min(value));
        best.0 = best.0.max(value);
    }
    best
}

impl Search {
    /// The best path that emits one character of each alphabet, in order; none where the lattice
    /// has fewer steps than that.
    pub(crate) fn align(&mut self, frames: &Frames, alphabets: &[Alphabet]) -> Option<Path> {
        let (steps, count) = (frames.steps(), alphabets.len());
        if count == 0 || steps < count {
            return None;
        }
        self.prepare(steps, alphabets);
        self.forward(frames, count);
        Some(self.backward(frames, count))
    }

    fn prepare(&mut self, steps: usize, alphabets: &[Alphabet]) {
        let count = alphabets.len();
        self.characters.clear();
        self.characters.resize(steps * count, [NEVER; LANES]);
        self.blanks.clear();
        self.blanks.resize(steps * (count + 1), NEVER);
        self.barriers.clear();
        self.barriers.extend(alphabets.iter().map(|alphabet| {
            let mut row = [NEVER; LANES];
            for (symbol, cell) in row.iter_mut().enumerate().take(SYMBOLS) {
                if alphabet.contains(symbol as u8) {
                    *cell = 0.0;
                }
            }
            row
        }));
    }

    fn forward(&mut self, frames: &Frames, count: usize) {
        let steps = frames.steps();
        let corridor = Corridor::of(frames, count);
        for step in 0..steps {
            let (earlier, now) = self.characters.split_at_mut(step * count);
            let earlier = earlier
                .get((step.saturating_sub(1)) * count..)
                .unwrap_or(&[]);
            let (blanks_before, blanks) = self.blanks.split_at_mut(step * (count + 1));
            let blanks_before = blanks_before
                .get(step.saturating_sub(1) * (count + 1)..)
                .unwrap_or(&[]);
            let (seen, blank) = (&frames.symbols[step], frames.blanks[step]);
            if step == 0 {
                blanks[0] = blank;
                for lane in 0..LANES {
                    now[0][lane] = seen[lane] + self.barriers[0][lane];
                }
                continue;
            }
            blanks[0] = blanks_before[0] + blank;
            // Before this position there must be a step for every character, after it as well.
            let (from, to) = corridor.at(step, count);
            let first = count.saturating_sub(steps - step).max(from);
            let last = count.min(step + 1).min(to);
            let mut previous = match first.checked_sub(1) {
                Some(position) => two_largest(&earlier[position]),
                None => (NEVER, NEVER),
            };
            if first > 0 && first <= count {
                blanks[first] = blanks_before[first].max(previous.0) + blank;
            }
            for position in first..last {
                let same = &earlier[position];
                let row = &mut now[position];
                let barrier = &self.barriers[position];
                let from_blank = blanks_before[position];
                // The character before, unless it is the same symbol: those need a blank between.
                let before = match position.checked_sub(1) {
                    Some(before) => &earlier[before],
                    None => &[NEVER; LANES],
                };
                for lane in 0..LANES {
                    // Bit for bit the number that was copied from this very row.
                    let is_largest = before[lane].to_bits() == previous.0.to_bits();
                    let other = if is_largest { previous.1 } else { previous.0 };
                    row[lane] = same[lane].max(from_blank).max(other) + seen[lane] + barrier[lane];
                }
                previous = two_largest(same);
                blanks[position + 1] = blanks_before[position + 1].max(previous.0) + blank;
            }
        }
    }

    /// Walks back from the end, asking at each step which way its value came.
    fn backward(&self, frames: &Frames, count: usize) -> Path {
        let steps = frames.steps();
        let character = |step: usize, position: usize| &self.characters[step * count + position];
        let blank = |step: usize, emitted: usize| self.blanks[step * (count + 1) + emitted];
        let largest = |row: &Row, except: Option<usize>| {
            row.iter()
                .enumerate()
                .filter(|(lane, _)| Some(*lane) != except)
                .fold((0, f32::NEG_INFINITY), |(at, best), (lane, value)| {
                    if *value > best {
                        (lane, *value)
                    } else {
                        (at, best)
                    }
                })
        };
        let mut spans = vec![(0, 0); count];
        let mut step = steps - 1;
        let (mut symbol, ending) = largest(character(step, count - 1), None);
        let ends_blank = blank(step, count) >= ending;
        let score = ending.max(blank(step, count));
        // The position of the character shown at this step, or none where it is blank.
        let mut shown = (!ends_blank).then_some(count - 1);
        let mut emitted = count;
        loop {
            if let Some(position) = shown {
                let (from, to) = &mut spans[position];
                *from = step;
                *to = (*to).max(step + 1);
            }
            if step == 0 {
                break;
            }
            let before = step - 1;
            match shown {
                None => {
                    if emitted > 0 {
                        let (lane, value) = largest(character(before, emitted - 1), None);
                        if value > blank(before, emitted) {
                            symbol = lane;
                            shown = Some(emitted - 1);
                        }
                    }
                }
                Some(position) => {
                    let same = character(before, position)[symbol];
                    let from_blank = blank(before, position);
                    let other = position.checked_sub(1).map_or((0, NEVER), |one| {
                        largest(character(before, one), Some(symbol))
                    });
                    if same < from_blank.max(other.1) {
                        emitted = position;
                        if from_blank >= other.1 {
                            shown = None;
                        } else {
                            symbol = other.0;
                            shown = Some(position - 1);
                        }
                    }
                }
            }
            step = before;
        }
        Path {
            score,
            steps: spans,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use model::Lattice;

    use super::{Frames, Search};
    use crate::mrz::{
        alphabet::{Alphabet, index, symbol},
        synthesis::{clean, noisy},
    };

    fn text_of(frames: &Frames, steps: &[(usize, usize)]) -> String {
        let best = |(from, to): &(usize, usize)| {
            (0..38)
                .max_by(|a, b| {
                    let peak = |s: u8| (*from..*to).map(|t| frames.at(t, s)).fold(-99.0, f32::max);
                    peak(*a).total_cmp(&peak(*b))
                })
                .map_or('?', symbol)
        };
        steps.iter().map(best).collect()
    }

    #[test]
    fn exactly_n_characters_are_laid_over_a_line() {
        let line = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
        for lattice in [clean(line), noisy(line, 7, 0.3)] {
            let frames = Frames::of(&lattice);
            let path = Search::default()
                .align(&frames, &[Alphabet::ANY; 44])
                .unwrap();
            assert_eq!(text_of(&frames, &path.steps), line);
            assert!(path.steps.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        }
    }

    #[test]
    fn repeated_symbols_need_a_blank_between_them() {
        let frames = Frames::of(&clean("<<<<<<"));
        let mut search = Search::default();
        let six = search.align(&frames, &[Alphabet::ANY; 6]).unwrap().score;
        let seven = search.align(&frames, &[Alphabet::ANY; 7]).unwrap().score;
        assert!(six > -1.0 && seven < six - 4.0, "{six} {seven}");
    }

    #[test]
    fn a_lattice_too_short_or_empty_gives_none() {
        let empty = Lattice {
            alphabet: vec!['A'],
            log_probabilities: vec![],
            edges: vec![],
        };
        let mut search = Search::default();
        assert!(
            search
                .align(&Frames::of(&empty), &[Alphabet::ANY])
                .is_none()
        );
        let short = Frames::of(&clean("AB"));
        let many = vec![Alphabet::ANY; short.steps() + 1];
        assert!(search.align(&short, &many).is_none());
        assert!(search.align(&short, &[]).is_none());
    }

    #[test]
    fn greedy_reads_without_a_grammar() {
        let greedy = Frames::of(&clean("AB<<12")).greedy();
        let text: String = greedy.symbols.iter().map(|index| symbol(*index)).collect();
        assert_eq!(text, "AB<<12");
        assert!(greedy.certainty > 0.9 && greedy.score > -1.0);
        assert_eq!(index('1'), Some(27));
    }
}
