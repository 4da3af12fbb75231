//! Marks of the ground that a recogniser took for figures.

use model::{Line, Sheet};

/// How much lower than the text it touches such a mark stands.
const LOWER: f32 = 0.75;

/// Characters of a text that a mark may touch.
const TEXT: usize = 3;

/// The sheet without lone figures that reach into the text beside them: the number of a field keeps
/// its distance from the value, a stroke of the ground does not.
pub(super) fn without(sheet: &Sheet) -> Sheet {
    let is_speck = |line: &Line| {
        is_lone_figure(&line.text()) && sheet.lines.iter().any(|other| reaches_into(line, other))
    };
    let lines = sheet.lines.iter().filter(|line| !is_speck(line));
    Sheet {
        lines: lines.cloned().collect(),
        ..*sheet
    }
}

fn is_lone_figure(text: &str) -> bool {
    let mut characters = text.trim().chars();
    matches!(
        (characters.next(), characters.next()),
        (Some('0'..='9' | 'I' | 'l' | '|'), None)
    )
}

/// Whether a line ends within the beginning of a larger one on its row.
fn reaches_into(line: &Line, other: &Line) -> bool {
    let ((left, top, right, bottom), (other_left, other_top, _, other_bottom)) =
        (line.quad.bounds(), other.quad.bounds());
    let (height, other_height) = (bottom - top, other_bottom - other_top);
    let middle = f32::midpoint(top, bottom);
    other.text().chars().count() >= TEXT
        && height < LOWER * other_height
        && (other_top..other_bottom).contains(&middle)
        && left < other_left
        && other_left < right
}

#[cfg(test)]
mod tests {
    use model::{Line, Quad, Sheet, Word};

    use super::without;

    fn line(text: &str, quad: Quad) -> Line {
        let word = Word {
            text: text.into(),
            quad,
            confidence: 0.7,
            second: None,
            alternatives: Vec::new(),
        };
        Line {
            words: vec![word],
            quad,
        }
    }

    #[test]
    fn only_figures_that_touch_a_larger_text_are_left_out() {
        let sheet = Sheet {
            width: 500,
            height: 100,
            lines: vec![
                line("LEMOINE", Quad::rectangle(130.0, 40.0, 300.0, 70.0)),
                line("1", Quad::rectangle(110.0, 48.0, 140.0, 64.0)),
                line("2", Quad::rectangle(90.0, 48.0, 100.0, 64.0)),
                line("3.", Quad::rectangle(110.0, 48.0, 140.0, 64.0)),
                line("4", Quad::rectangle(110.0, 40.0, 140.0, 70.0)),
            ],
        };
        let kept: Vec<String> = without(&sheet).lines.iter().map(Line::text).collect();
        assert_eq!(kept, ["LEMOINE", "2", "3.", "4"]);
    }
}
