//! From the recogniser's distributions to words: connectionist temporal classification read
//! greedily, with the place and the rivals of every character.

use std::sync::LazyLock;

/// One symbol a line, as the recogniser's classes follow each other behind the blank. Several classes
/// may be the same symbol (full-width forms).
static ALPHABET: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!("../../weights/text/alphabet.txt")
        .split_terminator('\n')
        .collect()
});

/// For each class behind the blank, the first class of the same symbol.
static FIRST: LazyLock<Vec<usize>> = LazyLock::new(|| {
    ALPHABET
        .iter()
        .enumerate()
        .map(|(class, symbol)| {
            ALPHABET[..class]
                .iter()
                .position(|earlier| earlier == symbol)
                .unwrap_or(class)
        })
        .collect()
});

/// Classes of the recogniser, the blank among them.
pub(super) fn classes() -> usize {
    ALPHABET.len() + 1
}

/// Rival readings of a word at most.
const RIVALS: usize = 3;

/// Least probability of a rival character, as a share of the one taken.
const RIVAL: f32 = 0.02;

/// A word of a line, placed along it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spelt {
    /// What it says.
    pub(super) text: String,
    /// The steps its first and last character were seen at, and those of its neighbours.
    pub(super) from: f32,
    /// Where it ends, in steps.
    pub(super) to: f32,
    /// Probability that every character is right, by the recogniser's own account.
    pub(super) confidence: f32,
    /// Other readings, likeliest first.
    pub(super) alternatives: Vec<String>,
}

/// A character as the network saw it.
struct Seen {
    symbol: &'static str,
    /// Middle of the steps at which it was the likeliest.
    step: f32,
    probability: f32,
    /// The runner-up at its clearest step (none: that there is no character), and its probability.
    rival: (Option<&'static str>, f32),
}

/// The words along a line from its steps' distributions (steps × [`classes`]).
pub(super) fn words(distributions: &[f32]) -> Vec<Spelt> {
    let seen = characters(distributions);
    let gaps: Vec<f32> = seen
        .windows(2)
        .map(|two| two[1].step - two[0].step)
        .collect();
    let mut middle = gaps.clone();
    middle.sort_by(f32::total_cmp);
    // Half a character's width, in steps.
    let half = (middle.get(middle.len() / 2).copied().unwrap_or(3.0) / 2.0).clamp(0.5, 4.0);
    seen.split(|character| character.symbol == " ")
        .filter(|word| !word.is_empty())
        .map(|word| spell(word, half))
        .collect()
}

fn spell(word: &[Seen], half: f32) -> Spelt {
    let text: String = word.iter().map(|character| character.symbol).collect();
    let confidence = word.iter().map(|character| character.probability).product();
    let mut rivals: Vec<(f32, usize)> = word
        .iter()
        .enumerate()
        .map(|(index, character)| (character.rival.1 / character.probability.max(1e-6), index))
        .filter(|(share, _)| *share >= RIVAL)
        .collect();
    rivals.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut alternatives: Vec<String> = Vec::new();
    for (_, changed) in rivals {
        let other: String = word
            .iter()
            .enumerate()
            .map(|(index, character)| {
                if index == changed {
                    character.rival.0.unwrap_or_default()
                } else {
                    character.symbol
                }
            })
            .collect();
        if !other.trim().is_empty() && other != text && !alternatives.contains(&other) {
            alternatives.push(other);
        }
        if alternatives.len() == RIVALS {
            break;
        }
    }
    Spelt {
        text,
        from: word.first().map_or(0.0, |first| first.step + 0.5 - half),
        to: word.last().map_or(0.0, |last| last.step + 0.5 + half),
        confidence,
        alternatives,
    }
}

/// The likeliest symbol of every step, repetitions joined and blanks left out.
fn characters(distributions: &[f32]) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    let mut running: Option<usize> = None;
    let mut started = 0;
    let mut joined = vec![0.0; classes()];
    for (step, row) in distributions.chunks_exact(classes()).enumerate() {
        joined.fill(0.0);
        joined[0] = row[0];
        for (class, probability) in row[1..].iter().enumerate() {
            joined[FIRST[class] + 1] += probability;
        }
        let (best, probability, second, runner_up) = two_best(&joined);
        if best == 0 {
            running = None;
            continue;
        }
        let symbol = ALPHABET[best - 1];
        let rival = (
            second.checked_sub(1).map(|class| ALPHABET[class]),
            runner_up,
        );
        if running == Some(best)
            && let Some(last) = seen.last_mut()
        {
            last.step = f32::midpoint(started as f32, step as f32);
            if probability > last.probability {
                last.probability = probability;
                last.rival = rival;
            }
        } else {
            started = step;
            seen.push(Seen {
                symbol,
                step: step as f32,
                probability,
                rival,
            });
        }
        running = Some(best);
    }
    seen
}

/// The likeliest class with its probability, and the next.
fn two_best(row: &[f32]) -> (usize, f32, usize, f32) {
    let (mut best, mut second) = ((0, f32::NEG_INFINITY), (0, f32::NEG_INFINITY));
    for (class, &probability) in row.iter().enumerate() {
        if probability > best.1 {
            second = best;
            best = (class, probability);
        } else if probability > second.1 {
            second = (class, probability);
        }
    }
    (best.0, best.1, second.0, second.1)
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, classes, words};

    /// Distributions in which every step has one likely symbol (none: the blank).
    fn steps(symbols: &[(Option<&str>, f32)]) -> Vec<f32> {
        let mut all = Vec::new();
        for (symbol, probability) in symbols {
            let mut row = vec![0.0; classes()];
            let class = symbol.map_or(0, |symbol| {
                1 + ALPHABET.iter().position(|one| *one == symbol).unwrap()
            });
            row[class] = *probability;
            all.extend(row);
        }
        all
    }

    fn sure(text: &str) -> Vec<f32> {
        let symbols: Vec<String> = text.chars().map(String::from).collect();
        let symbols: Vec<_> = symbols
            .iter()
            .map(|symbol| (Some(symbol.as_str()).filter(|one| *one != "_"), 0.9))
            .collect();
        steps(&symbols)
    }

    fn texts(distributions: &[f32]) -> Vec<String> {
        words(distributions)
            .into_iter()
            .map(|word| word.text)
            .collect()
    }

    #[test]
    fn repetitions_join_unless_a_blank_parts_them() {
        assert_eq!(texts(&sure("__AA_NN_NN__A_")), ["ANNA"]);
        assert_eq!(texts(&sure("")), Vec::<String>::new());
    }

    #[test]
    fn spaces_part_words_and_their_places() {
        let found = words(&sure("_D_E_ _L_A_"));
        assert_eq!(found.len(), 2);
        assert!(found[0].from < 1.5 && found[0].to > 3.5);
        assert!(found[1].from > found[0].to - 0.01);
        assert!((found[0].confidence - 0.81).abs() < 1e-5);
    }

    #[test]
    fn classes_of_one_symbol_add_up() {
        let twins: Vec<usize> = (0..ALPHABET.len())
            .filter(|&at| ALPHABET[at] == "A")
            .collect();
        assert!(twins.len() > 1);
        let mut row = vec![0.0; classes()];
        row[0] = 0.4;
        for class in &twins {
            row[class + 1] = 0.6 / twins.len() as f32;
        }
        assert_eq!(texts(&row), ["A"]);
    }

    #[test]
    fn the_runner_up_makes_the_alternative() {
        let mut row = steps(&[(Some("O"), 0.6)]);
        row[1 + ALPHABET.iter().position(|one| *one == "0").unwrap()] = 0.35;
        let found = words(&row);
        assert_eq!(found[0].text, "O");
        assert_eq!(found[0].alternatives, ["0"]);
    }

    #[test]
    fn the_alphabet_has_the_accents_of_europe() {
        for letter in "ÀÉÎÖÜßçñåøłőűžčęğİıșțŴŷĦĠ€°º".chars() {
            assert!(ALPHABET.contains(&letter.to_string().as_str()), "{letter}");
        }
        assert!(ALPHABET.iter().all(|symbol| symbol.chars().count() == 1));
    }
}
