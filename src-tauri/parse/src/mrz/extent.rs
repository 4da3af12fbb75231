//! Where along a line characters show, before any grammar is asked.

use model::{Lattice, Personal};

use super::{alphabet::symbol, path::Frames};

/// Characters from which a pitch can be told.
const FEWEST: usize = 6;

/// The characters that show along a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// The first step of the first character.
    pub from: usize,
    /// The step after the last one's last.
    pub to: usize,
    /// Steps from one character to the next: the mean of those that differ by a step at most from the median, which
    /// leaves out where a character was missed.
    pub pitch: f32,
}

/// Where characters show along a line; none where there are too few to tell a pitch.
pub fn extent(lattice: &Lattice) -> Option<Extent> {
    let frames = Frames::of(lattice);
    let shown = frames.shown();
    if shown.len() < FEWEST {
        return None;
    }
    let mut pitches: Vec<usize> = shown
        .windows(2)
        .filter_map(|pair| Some(pair.last()?.0 - pair.first()?.0))
        .collect();
    pitches.sort_unstable();
    let median = *pitches.get(pitches.len() / 2)?;
    pitches.retain(|pitch| pitch.abs_diff(median) <= 1);
    let pitch = pitches.iter().sum::<usize>() as f32 / pitches.len() as f32;
    Some(Extent {
        from: shown.first()?.0,
        to: shown.last()?.1,
        pitch,
    })
}

/// What was seen along a line, before any grammar is asked.
pub fn as_seen(lattice: &Lattice) -> Personal {
    let seen = Frames::of(lattice).greedy();
    let text: String = seen.symbols.into_iter().map(symbol).collect();
    text.into()
}

#[cfg(test)]
mod tests {
    use super::extent;
    use crate::mrz::synthesis::clean;

    #[test]
    fn a_line_is_as_long_as_its_characters() {
        let whole = extent(&clean("T836721482HRV7805156M3406212<<<<<<<<")).unwrap();
        let cut = extent(&clean("T836721482HRV7805156M34062")).unwrap();
        assert!((whole.pitch - cut.pitch).abs() < 0.1);
        let count = |one: super::Extent| ((one.to - one.from) as f32 / one.pitch + 0.3).round();
        assert_eq!((count(whole), count(cut)), (36.0, 26.0));
        assert_eq!(extent(&clean("")), None);
        assert_eq!(extent(&clean("P<")), None);
    }
}
