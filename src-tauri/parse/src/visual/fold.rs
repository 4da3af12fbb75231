//! Text without what recognisers and printers vary: case, accents, spaces, punctuation.

/// What characters became under [`symbols`], with the place each came from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded {
    /// One symbol for each letter or digit.
    pub(crate) symbols: Vec<u8>,
    /// For each symbol, the index of its character in the text.
    pub(crate) origin: Vec<usize>,
}

/// Number of symbols: Latin letters and digits, Greek, Cyrillic, Arabic, and one for all else.
const SYMBOLS: usize = 192;

/// The letter without its accents, upper case; ligatures and letters of their own kind keep their first.
pub(crate) fn plain(one: char) -> char {
    let upper = one.to_uppercase().next().unwrap_or(one);
    match upper {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' | 'Ǎ' | 'Æ' => 'A',
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => 'C',
        'Ď' | 'Đ' | 'Ð' => 'D',
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => 'E',
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => 'G',
        'Ĥ' | 'Ħ' => 'H',
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => 'I',
        'Ĵ' => 'J',
        'Ķ' => 'K',
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ŀ' | 'Ł' => 'L',
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => 'N',
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ŏ' | 'Ő' | 'Œ' => 'O',
        'Ŕ' | 'Ŗ' | 'Ř' => 'R',
        'Ś' | 'Ŝ' | 'Ş' | 'Š' | 'Ș' | 'ẞ' | 'ß' => 'S',
        'Ţ' | 'Ť' | 'Ŧ' | 'Ț' | 'Þ' => 'T',
        'Ù'..='Ü' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => 'U',
        'Ŵ' => 'W',
        'Ý' | 'Ŷ' | 'Ÿ' => 'Y',
        'Ź' | 'Ż' | 'Ž' => 'Z',
        'Ά' => 'Α',
        'Έ' => 'Ε',
        'Ή' => 'Η',
        'Ί' | 'Ϊ' => 'Ι',
        'Ό' => 'Ο',
        'Ύ' | 'Ϋ' => 'Υ',
        'Ώ' => 'Ω',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' => 'ه',
        'ؤ' => 'و',
        'ى' | 'ئ' => 'ي',
        other => other,
    }
}

/// Upper-case letters without accents, and digits; nothing else.
pub(crate) fn letters(text: &str) -> String {
    text.chars()
        .map(plain)
        .filter(|one| one.is_alphanumeric())
        .collect()
}

/// The words of a text, each as [`letters`].
pub(crate) fn words(text: &str) -> Vec<String> {
    let split = text.split(|one: char| !one.is_alphanumeric() && one != '\'' && one != '’');
    split.map(letters).filter(|word| !word.is_empty()).collect()
}

/// The symbol of a character, where it is a letter or digit.
///
/// Labels hardly ever contain digits, and small print makes letters look like digits and I like L, so
/// those share a symbol.
fn symbol(one: char) -> Option<u8> {
    let plain = plain(one);
    let letter = match plain {
        '0' => 'O',
        '1' | 'L' | '|' => 'I',
        '5' => 'S',
        '8' => 'B',
        other => other,
    };
    let code = u32::from(letter);
    match letter {
        '0'..='9' => Some(letter as u8 - b'0'),
        'A'..='Z' => Some(letter as u8 - b'A' + 10),
        'Α'..='Ω' => Some((code - u32::from('Α')) as u8 + 40),
        'А'..='Я' => Some((code - u32::from('А')) as u8 + 70),
        'ء'..='ي' => Some((code - u32::from('ء')) as u8 + 110),
        other if other.is_alphanumeric() => Some(SYMBOLS as u8 - 1),
        _ => None,
    }
}

/// The letters and digits of a text as symbols that can be compared.
pub(crate) fn symbols(text: &[char]) -> Folded {
    let mut folded = Folded::default();
    for (index, one) in text.iter().enumerate() {
        let Some(symbol) = symbol(*one) else { continue };
        folded.symbols.push(symbol);
        folded.origin.push(index);
    }
    folded
}

/// A pattern prepared for finding it with a few errors.
pub(crate) struct Pattern {
    symbols: Vec<u8>,
    /// Which positions of the pattern hold each symbol (Myers 1999).
    positions: [u64; SYMBOLS],
}

/// Where a pattern was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// First symbol.
    pub(crate) from: usize,
    /// One past the last symbol.
    pub(crate) to: usize,
    /// Edits between the pattern and what stands there.
    pub(crate) errors: usize,
}

/// Which pairs of neighbouring symbols a text holds, for ruling patterns out at once.
#[derive(Debug, Clone)]
pub(crate) struct Pairs([u64; 32]);

impl Pairs {
    /// The pairs of a text.
    pub(crate) fn of(symbols: &[u8]) -> Self {
        let mut pairs = [0; 32];
        for pair in symbols.windows(2) {
            let (word, bit) = Self::place(pair);
            if let Some(word) = pairs.get_mut(word) {
                *word |= 1 << bit;
            }
        }
        Self(pairs)
    }

    fn place(pair: &[u8]) -> (usize, usize) {
        let hash = pair
            .iter()
            .fold(0_usize, |hash, symbol| hash * 67 + usize::from(*symbol))
            % 2048;
        (hash / 64, hash % 64)
    }

    fn holds(&self, symbols: &[u8]) -> bool {
        symbols.windows(2).all(|pair| {
            let (word, bit) = Self::place(pair);
            self.0.get(word).is_some_and(|word| word >> bit & 1 == 1)
        })
    }
}

impl Pattern {
    /// Prepares the letters of a text, at most the first 64.
    pub(crate) fn new(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let mut symbols = symbols(&characters).symbols;
        symbols.truncate(64);
        let mut positions = [0; SYMBOLS];
        for (index, symbol) in symbols.iter().enumerate() {
            if let Some(mask) = positions.get_mut(usize::from(*symbol)) {
                *mask |= 1 << index;
            }
        }
        Self { symbols, positions }
    }

    /// A label as it is printed and, where it has them, with the letters r and n for the m they look like
    /// in small print.
    pub(crate) fn of_label(label: &str) -> impl Iterator<Item = Self> {
        let blurred = label.contains("rn").then(|| label.replace("rn", "m"));
        std::iter::once(Self::new(label)).chain(blurred.map(|label| Self::new(&label)))
    }

    /// Number of letters.
    pub(crate) fn len(&self) -> usize {
        self.symbols.len()
    }

    /// How many errors still count as the same words: one in four or five letters, none in short words.
    pub(crate) fn tolerance(&self) -> usize {
        match self.len() {
            0..=4 => 0,
            5..=7 => 1,
            8..=11 => 2,
            other => other / 4,
        }
    }

    /// How many errors count as the same words where a chance likeness would do harm: one in seven.
    pub(crate) fn strict_tolerance(&self) -> usize {
        self.len() / 7
    }

    /// The places where the pattern stands with at most `allowed` errors, the best of overlapping ones.
    pub(crate) fn find(&self, text: &[u8], pairs: &Pairs, allowed: usize) -> Vec<Hit> {
        if self.symbols.is_empty() || text.len() + allowed < self.len() {
            return Vec::new();
        }
        // Of one part more than there may be errors, one stands there without any.
        let part = (self.len() / (allowed + 1)).max(1);
        let mut parts = self.symbols.chunks_exact(part).take(allowed + 1);
        if !parts.any(|part| pairs.holds(part)) {
            return Vec::new();
        }
        let mut hits: Vec<Hit> = Vec::new();
        for (end, errors) in self.ends(text, allowed) {
            let hit = Hit {
                from: self.start(text, end, errors),
                to: end,
                errors,
            };
            match hits.last_mut() {
                Some(last) if last.to > hit.from => {
                    if (hit.errors, usize::MAX - hit.to) < (last.errors, usize::MAX - last.to) {
                        *last = hit;
                    }
                }
                _ => hits.push(hit),
            }
        }
        hits
    }

    /// Ends of occurrences with their errors: the bit-parallel algorithm of Myers.
    fn ends(&self, text: &[u8], allowed: usize) -> Vec<(usize, usize)> {
        let last = 1_u64 << (self.len() - 1);
        let (mut up, mut down, mut score) = (u64::MAX, 0_u64, self.len());
        let mut ends = Vec::new();
        for (index, symbol) in text.iter().enumerate() {
            let equal = self
                .positions
                .get(usize::from(*symbol))
                .copied()
                .unwrap_or(0);
            let cross = equal | down;
            let diagonal = (((equal & up).wrapping_add(up)) ^ up) | equal;
            let mut plus = down | !(diagonal | up);
            let mut minus = up & diagonal;
            if plus & last != 0 {
                score += 1;
            } else if minus & last != 0 {
                score -= 1;
            }
            plus <<= 1;
            minus <<= 1;
            up = minus | !(cross | plus);
            down = plus & cross;
            if score <= allowed {
                ends.push((index + 1, score));
            }
        }
        ends
    }

    /// Where the occurrence that ends here begins: the pattern backwards against the text backwards.
    fn start(&self, text: &[u8], end: usize, errors: usize) -> usize {
        let width = self.len() + errors;
        let from = end.saturating_sub(width);
        let before: Vec<u8> = text
            .get(from..end)
            .unwrap_or_default()
            .iter()
            .rev()
            .copied()
            .collect();
        let mut row: Vec<usize> = (0..=before.len()).collect();
        for (index, own) in self.symbols.iter().rev().enumerate() {
            let mut diagonal = row.first().copied().unwrap_or(0);
            if let Some(first) = row.first_mut() {
                *first = index + 1;
            }
            let mut left = index + 1;
            for (cell, its) in row.iter_mut().skip(1).zip(&before) {
                let best = (diagonal + usize::from(own != its))
                    .min(*cell + 1)
                    .min(left + 1);
                diagonal = *cell;
                *cell = best;
                left = best;
            }
        }
        let best = row
            .iter()
            .enumerate()
            .min_by_key(|(length, cost)| (**cost, length.abs_diff(self.len())));
        end - best.map_or(0, |(length, _)| length)
    }
}

/// Edits between two texts, compared letter by letter as [`letters`] are.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, own) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, its) in row.iter_mut().skip(1).zip(&other) {
            let best = (diagonal + usize::from(own != *its))
                .min(*cell + 1)
                .min(left + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Hit, Pairs, Pattern, distance, letters, symbols, words};

    fn find(pattern: &str, text: &str) -> Vec<(String, usize)> {
        let characters: Vec<char> = text.chars().collect();
        let folded = symbols(&characters);
        let pattern = Pattern::new(pattern);
        let hits = pattern.find(
            &folded.symbols,
            &Pairs::of(&folded.symbols),
            pattern.tolerance(),
        );
        hits.into_iter()
            .map(|Hit { from, to, errors }| {
                let range = folded.origin[from]..=folded.origin[to - 1];
                (characters[range].iter().collect(), errors)
            })
            .collect()
    }

    #[test]
    fn patterns_are_found_in_spite_of_errors() {
        assert_eq!(
            find("Date of birth", "4.Dateof  b1rth/Geburtstag"),
            [("Dateof  b1rth".to_owned(), 0)]
        );
        assert_eq!(
            find("Surname", "1.SurBame/Name/Nom"),
            [("SurBame".to_owned(), 1)]
        );
        assert_eq!(
            find("Prénoms", "Given name/Prenoms"),
            [("Prenoms".to_owned(), 0)]
        );
        assert_eq!(find("Nationality", "Nat1onality Nationalty").len(), 2);
        assert_eq!(
            find("Sex", "Sussex SEX"),
            [("sex".to_owned(), 0), ("SEX".to_owned(), 0)]
        );
        assert_eq!(find("تاريخ الولادة", "تاريخ الولاده 12").len(), 1);
        assert!(find("Authority", "MUSTERMANN").is_empty());
        assert!(find("", "x").is_empty());
    }

    #[test]
    fn text_is_folded() {
        assert_eq!(letters("Škvorecká-Ö'Łß 12"), "SKVORECKAOLS12");
        assert_eq!(words("SEX / Sexe  F."), ["SEX", "SEXE", "F"]);
        assert_eq!(distance("KITTEN", "SITTING"), 3);
    }
}
