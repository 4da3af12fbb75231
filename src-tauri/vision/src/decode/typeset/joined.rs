//! Arabic letters as they are drawn: each in the shape that its neighbours ask for.

/// Letters with their first shape in the block of presentation forms (U+FE80 onwards: isolated, final,
/// initial, medial) and how many shapes they have: those with two join only the letter before.
const SHAPES: &[(char, char, u32)] = &[
    ('\u{621}', '\u{fe80}', 1),
    ('\u{622}', '\u{fe81}', 2),
    ('\u{623}', '\u{fe83}', 2),
    ('\u{624}', '\u{fe85}', 2),
    ('\u{625}', '\u{fe87}', 2),
    ('\u{626}', '\u{fe89}', 4),
    ('\u{627}', '\u{fe8d}', 2),
    ('\u{628}', '\u{fe8f}', 4),
    ('\u{629}', '\u{fe93}', 2),
    ('\u{62a}', '\u{fe95}', 4),
    ('\u{62b}', '\u{fe99}', 4),
    ('\u{62c}', '\u{fe9d}', 4),
    ('\u{62d}', '\u{fea1}', 4),
    ('\u{62e}', '\u{fea5}', 4),
    ('\u{62f}', '\u{fea9}', 2),
    ('\u{630}', '\u{feab}', 2),
    ('\u{631}', '\u{fead}', 2),
    ('\u{632}', '\u{feaf}', 2),
    ('\u{633}', '\u{feb1}', 4),
    ('\u{634}', '\u{feb5}', 4),
    ('\u{635}', '\u{feb9}', 4),
    ('\u{636}', '\u{febd}', 4),
    ('\u{637}', '\u{fec1}', 4),
    ('\u{638}', '\u{fec5}', 4),
    ('\u{639}', '\u{fec9}', 4),
    ('\u{63a}', '\u{fecd}', 4),
    ('\u{641}', '\u{fed1}', 4),
    ('\u{642}', '\u{fed5}', 4),
    ('\u{643}', '\u{fed9}', 4),
    ('\u{644}', '\u{fedd}', 4),
    ('\u{645}', '\u{fee1}', 4),
    ('\u{646}', '\u{fee5}', 4),
    ('\u{647}', '\u{fee9}', 4),
    ('\u{648}', '\u{feed}', 2),
    ('\u{649}', '\u{feef}', 2),
    ('\u{64a}', '\u{fef1}', 4),
];

/// The letters of a word, in logical order, each in its shape.
pub(super) fn joined(word: &str) -> Vec<char> {
    let letters: Vec<char> = word.chars().filter(|letter| !is_mark(*letter)).collect();
    let shapes = |at: Option<usize>| {
        let letter = letters.get(at?)?;
        let found = SHAPES.iter().find(|(known, ..)| known == letter)?;
        Some((found.1, found.2))
    };
    let shaped = |at: usize| {
        let (first, count) = shapes(Some(at))?;
        let before = shapes(at.checked_sub(1)).is_some_and(|(_, count)| count == 4);
        let after = shapes(Some(at + 1)).is_some_and(|(_, count)| count > 1);
        let shape = match (before && count > 1, after && count == 4) {
            (false, false) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (true, true) => 3,
        };
        char::from_u32(first as u32 + shape)
    };
    letters
        .iter()
        .enumerate()
        .map(|(at, letter)| shaped(at).unwrap_or(*letter))
        .collect()
}

/// Vowel signs stand on their letter and take no room; they are left out of the picture.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn letters_take_the_shape_their_neighbours_ask_for() {
        // Initial meem, medial hah, medial meem, final dal.
        let expected = ['\u{fee3}', '\u{fea4}', '\u{fee4}', '\u{feaa}'];
        assert_eq!(joined("\u{645}\u{62d}\u{645}\u{62f}"), expected);
        // Alef joins nothing behind it.
        assert_eq!(joined("\u{627}\u{628}"), ['\u{fe8d}', '\u{fe8f}']);
        assert_eq!(joined("12"), ['1', '2']);
    }
}
