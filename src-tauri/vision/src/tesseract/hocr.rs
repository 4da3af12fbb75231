//! The characters in Tesseract's hOCR output, with their rivals.
//!
//! With `hocr_char_boxes` every character is a span with the properties `x_bboxes` and `x_conf`
//! (hOCR 1.2 section 5); with `lstm_choice_mode` its rivals follow as spans with `x_confs`. Nothing
//! else of the document matters here, so it is read span by span and not as a tree.

/// A character with its place in the picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Character {
    /// First column.
    pub(super) left: u32,
    /// One past the last column.
    pub(super) right: u32,
    /// What it may be and how likely that is, 0 to 1; the engine's choice first.
    pub(super) candidates: Vec<(char, f32)>,
}

/// All characters from left to right as the engine gives them.
pub(super) fn characters(hocr: &str) -> Vec<Character> {
    let mut characters: Vec<Character> = Vec::new();
    for span in hocr.split("<span ").skip(1) {
        let Some((attributes, rest)) = span.split_once('>') else {
            continue;
        };
        let text = rest.split('<').next().unwrap_or_default();
        if let Some(boxes) = numbers(attributes, "x_bboxes") {
            if let ([left, _, right, _], Some(symbol)) = (boxes.as_slice(), symbol(text)) {
                let confidence =
                    numbers(attributes, "x_conf").and_then(|found| found.first().copied());
                characters.push(Character {
                    left: left.max(0.0) as u32,
                    right: right.max(0.0) as u32,
                    candidates: vec![(symbol, share(confidence.unwrap_or(0.0)))],
                });
            }
        } else if let (Some(confidence), Some(symbol), Some(character)) = (
            numbers(attributes, "x_confs").and_then(|found| found.first().copied()),
            symbol(text),
            characters.last_mut(),
        ) {
            character.candidates.push((symbol, share(confidence)));
        }
    }
    characters
}

fn share(percent: f32) -> f32 {
    (percent / 100.0).clamp(0.0, 1.0)
}

/// The numbers behind a property's name in a `title`.
fn numbers(attributes: &str, property: &str) -> Option<Vec<f32>> {
    let mut rest = attributes;
    loop {
        let (_, after) = rest.split_once(property)?;
        // `x_conf` also begins `x_confs`.
        if let Some(values) = after.strip_prefix(' ') {
            let values = values.split([';', '\'', '"']).next()?;
            return values
                .split_whitespace()
                .map(|value| value.parse().ok())
                .collect();
        }
        rest = after;
    }
}

/// The one character of an element's text, its entity resolved.
fn symbol(text: &str) -> Option<char> {
    match text {
        "&lt;" => Some('<'),
        "&gt;" => Some('>'),
        "&amp;" => Some('&'),
        "&quot;" => Some('"'),
        "&#39;" => Some('\''),
        _ => {
            let mut characters = text.chars();
            characters.next().filter(|_| characters.next().is_none())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Character, characters};

    #[test]
    fn characters_carry_their_rivals() {
        let hocr = r"
      <span class='ocrx_word' id='word_1_1' title='bbox 19 5 562 19; x_wconf 0'>
       <span class='ocrx_cinfo' title='x_bboxes 19 6 28 18; x_conf 98.5'>P</span>
        <span class='ocrx_cinfo' id='lstm_choices_1_1_1'>
         <span class='ocrx_cinfo' id='choice_1_1_1' title='x_confs 92.5'>P</span>
         <span class='ocrx_cinfo' id='choice_1_1_2' title='x_confs 0'>F</span>
        </span>
       <span class='ocrx_cinfo' title='x_bboxes 30 6 39 17; x_conf 150'>&lt;</span>
       <span class='ocrx_cinfo' title='x_bboxes 40 6 39'>Q</span>
       <span class='ocrx_cinfo' title='x_bboxes 40 6 49 17; x_conf 9'>ab</span>";
        assert_eq!(
            characters(hocr),
            [
                Character {
                    left: 19,
                    right: 28,
                    candidates: vec![('P', 0.985), ('P', 0.925), ('F', 0.0)],
                },
                Character {
                    left: 30,
                    right: 39,
                    candidates: vec![('<', 1.0)],
                },
            ]
        );
        assert!(characters("no markup at all <span <span title='x_bboxes").is_empty());
    }
}
