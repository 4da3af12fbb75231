//! Clear bands of OCR-B that follow no known layout, given as printed.

use model::MrzFormat;

use super::{
    alphabet::{Alphabet, FILLER},
    choose::{characters, cheapest_symbols},
    decode::{Decoded, costs_of},
    path::{Frames, Greedy, Path, Search},
    solve::Zone,
};

/// A clear band of OCR-B whose layout is not known, returned as printed.
///
/// A page of print, a table of digits or a keyboard must never pass, so every line has to be long,
/// clear at every character, explained by one path, and the band must hold a filler.
pub(super) fn unknown_layout(
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
        ahead: f32::INFINITY,
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
