//! Arabic on paper: letters take the form their neighbours ask for, lam and alef join, and the
//! line runs from right to left while numbers and Latin words in it run from left to right (Unicode
//! standard, sections 9.2 and 23.8; the presentation forms of block FE70–FEFF).

/// A letter, the first of its presentation forms, and whether it joins the letter after it.
const LETTERS: [(char, u32, bool); 36] = [
    ('ء', 0xFE80, false),
    ('آ', 0xFE81, false),
    ('أ', 0xFE83, false),
    ('ؤ', 0xFE85, false),
    ('إ', 0xFE87, false),
    ('ئ', 0xFE89, true),
    ('ا', 0xFE8D, false),
    ('ب', 0xFE8F, true),
    ('ة', 0xFE93, false),
    ('ت', 0xFE95, true),
    ('ث', 0xFE99, true),
    ('ج', 0xFE9D, true),
    ('ح', 0xFEA1, true),
    ('خ', 0xFEA5, true),
    ('د', 0xFEA9, false),
    ('ذ', 0xFEAB, false),
    ('ر', 0xFEAD, false),
    ('ز', 0xFEAF, false),
    ('س', 0xFEB1, true),
    ('ش', 0xFEB5, true),
    ('ص', 0xFEB9, true),
    ('ض', 0xFEBD, true),
    ('ط', 0xFEC1, true),
    ('ظ', 0xFEC5, true),
    ('ع', 0xFEC9, true),
    ('غ', 0xFECD, true),
    ('ف', 0xFED1, true),
    ('ق', 0xFED5, true),
    ('ك', 0xFED9, true),
    ('ل', 0xFEDD, true),
    ('م', 0xFEE1, true),
    ('ن', 0xFEE5, true),
    ('ه', 0xFEE9, true),
    ('و', 0xFEED, false),
    ('ى', 0xFEEF, false),
    ('ي', 0xFEF1, true),
];

/// The alefs that join a lam before them, with the form that both take together.
const LAM_ALEF: [(char, u32); 4] = [('آ', 0xFEF5), ('أ', 0xFEF7), ('إ', 0xFEF9), ('ا', 0xFEFB)];

fn letter(symbol: char) -> Option<(u32, bool)> {
    LETTERS
        .iter()
        .find(|(letter, _, _)| *letter == symbol)
        .map(|&(_, form, joins)| (form, joins))
}

/// A word or line in the order in which its glyphs stand from left to right, in presentation forms; one
/// without Arabic letters as it is.
pub(super) fn shape(text: &str) -> String {
    if !text.chars().any(|symbol| letter(symbol).is_some()) {
        return text.to_owned();
    }
    let symbols: Vec<char> = text.chars().collect();
    let mut forms: Vec<char> = Vec::new();
    let mut joined = false;
    let mut at = 0;
    while at < symbols.len() {
        let symbol = symbols[at];
        let next = symbols.get(at + 1).copied();
        let Some((first, joins)) = letter(symbol) else {
            forms.push(symbol);
            joined = false;
            at += 1;
            continue;
        };
        let both = (symbol == 'ل')
            .then(|| LAM_ALEF.iter().find(|(alef, _)| Some(*alef) == next))
            .flatten();
        let code = if let Some((_, both)) = both {
            at += 2;
            let code = both + u32::from(joined);
            joined = false;
            code
        } else {
            at += 1;
            // The hamza alone joins nothing.
            let after = joins && next.is_some_and(|next| next != 'ء' && letter(next).is_some());
            let before = joined && symbol != 'ء';
            let code = first
                + match (before, after) {
                    (false, false) => 0,
                    (true, false) => 1,
                    (false, true) => 2,
                    (true, true) => 3,
                };
            joined = after;
            code
        };
        forms.extend(char::from_u32(code));
    }
    reorder(&forms)
}

/// Right to left, but for runs of digits and Latin letters with the marks between them.
fn reorder(forms: &[char]) -> String {
    let forward = |c: char| c.is_ascii_alphanumeric();
    let mut shown = String::new();
    let mut end = forms.len();
    while end > 0 {
        let last = forms[end - 1];
        if !forward(last) {
            shown.push(match last {
                '(' => ')',
                ')' => '(',
                other => other,
            });
            end -= 1;
            continue;
        }
        let mut start = end - 1;
        while start > 0
            && (forward(forms[start - 1])
                || start > 1
                    && matches!(forms[start - 1], '/' | '-' | '.' | ',')
                    && forward(forms[start - 2]))
        {
            start -= 1;
        }
        shown.extend(&forms[start..end]);
        end = start;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn letters_join_and_lines_turn() {
        // Lam and alef become one glyph; the word reads from the right.
        assert_eq!(shape("الاسم"), "\u{FEE2}\u{FEB3}\u{FEFB}\u{FE8D}");
        assert_eq!(shape("تونس"), "\u{FEB2}\u{FEE7}\u{FEEE}\u{FE97}");
        // Numbers keep their direction.
        assert_eq!(
            shape("123 تونس 4567"),
            "4567 \u{FEB2}\u{FEE7}\u{FEEE}\u{FE97} 123"
        );
        assert_eq!(shape("في 12/05/2019"), "12/05/2019 \u{FEF2}\u{FED3}");
    }
}
