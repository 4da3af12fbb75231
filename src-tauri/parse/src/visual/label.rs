//! Finding what stands for a field on a page: its label in some language, or its printed code.

use std::ops::Range;
use std::sync::LazyLock;

use model::{FieldDefinition, TypeDefinition};

use super::fold::{Pattern, plain};
use super::page::{Area, Page, Piece, Span};
use super::shape::{Setting, judge};
use crate::types::shared_labels;

/// A place on the page that announces a value.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    /// The characters of the label or code.
    pub(crate) span: Span,
    /// Where they stand.
    pub(crate) area: Area,
    /// What follows on the same line, up to the next anchor.
    pub(crate) rest: Span,
    /// The fields it may announce, as indices into the definition, with how well it fits each.
    pub(crate) fields: Vec<(usize, f32)>,
    /// Whether it is a code and not a label.
    pub(crate) is_code: bool,
}

/// A label to look for.
struct Label {
    list: &'static str,
    pattern: Pattern,
}

static SHARED: LazyLock<Vec<Label>> = LazyLock::new(|| {
    let labels = shared_labels().flat_map(|(list, label)| {
        Pattern::of_label(label).map(move |pattern| Label { list, pattern })
    });
    labels.filter(|label| label.pattern.len() > 0).collect()
});

/// A label found in a piece.
#[derive(Debug, Clone)]
struct Found {
    range: Range<usize>,
    fields: Vec<(usize, f32)>,
    /// Letters matched, less what did not match.
    worth: f32,
    letters: usize,
    is_code: bool,
}

/// Every label and code on the page, from top to bottom, for the fields of a definition. Labels of
/// fields the definition lacks are found too, with no field, so that nobody takes them for values.
pub(crate) fn anchors(
    page: &Page,
    definition: &TypeDefinition,
    setting: &Setting<'_>,
) -> Vec<Anchor> {
    let fields = &definition.fields;
    let mut found: Vec<Vec<Found>> = vec![Vec::new(); page.pieces.len()];
    for label in SHARED.iter() {
        let answering: Vec<usize> = (0..fields.len())
            .filter(|index| {
                fields
                    .get(*index)
                    .is_some_and(|field| field.shared().contains(&label.list))
            })
            .collect();
        if !answering.is_empty() || label.pattern.len() > 4 {
            look(
                page,
                &label.pattern,
                &answering,
                label.list == "full_name",
                &mut found,
            );
        }
    }
    for (index, field) in fields.iter().enumerate() {
        for label in field.labels.values().flatten() {
            for pattern in Pattern::of_label(label) {
                look(page, &pattern, &[index], false, &mut found);
            }
        }
    }
    // The name of the document is longer than the labels it may begin with: "Residence permit".
    for title in &definition.recognise.titles {
        title_at(page, &Pattern::new(&title.text), &mut found);
    }
    let coded: Vec<(usize, &FieldDefinition)> = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.code.is_some())
        .collect();
    let mut anchors = Vec::new();
    for (index, (piece, mut found)) in page.pieces.iter().zip(found).enumerate() {
        if !coded.is_empty() {
            codes(piece, &coded, setting, &mut found);
        }
        anchors.extend(arrange(page, index, piece, choose(piece, found)));
    }
    clear_legend(&mut anchors);
    anchors
}

/// Codes in the column of a legend belong to it, though the words behind them were misread.
fn clear_legend(anchors: &mut [Anchor]) {
    let legend: Vec<Area> = anchors
        .iter()
        .filter(|anchor| anchor.is_code && anchor.fields.is_empty())
        .map(|anchor| anchor.area)
        .collect();
    for anchor in anchors.iter_mut().filter(|anchor| anchor.is_code) {
        let own = anchor.area;
        let height = own.height().max(1.0);
        let beside = legend.iter().filter(|area| {
            (area.left - own.left).abs() < height && (0.6..1.6).contains(&(area.height() / height))
        });
        if beside.count() >= 3 {
            anchor.fields.clear();
        }
    }
}

/// Finds the name of the document, with hardly an error: it announces nothing.
fn title_at(page: &Page, pattern: &Pattern, found: &mut [Vec<Found>]) {
    for (piece, found) in page.pieces.iter().zip(found) {
        for hit in pattern.find(
            &piece.folded.symbols,
            &piece.pairs,
            pattern.strict_tolerance(),
        ) {
            let start = piece.folded.origin.get(hit.from).copied();
            let end = piece.folded.origin.get(hit.to - 1).map(|end| end + 1);
            if let (Some(start), Some(end)) = (start, end) {
                found.push(Found {
                    range: start..end,
                    fields: Vec::new(),
                    worth: pattern.len() as f32 - 2.0 * hit.errors as f32,
                    letters: pattern.len(),
                    is_code: false,
                });
            }
        }
    }
}

/// Finds one label; of a whole name, `Surname, Name` is one and `Surname/Name` another in two languages.
fn look(
    page: &Page,
    pattern: &Pattern,
    fields: &[usize],
    whole_name: bool,
    found: &mut [Vec<Found>],
) {
    let allowed = pattern.tolerance();
    for (piece, found) in page.pieces.iter().zip(found) {
        for hit in pattern.find(&piece.folded.symbols, &piece.pairs, allowed) {
            let start = piece.folded.origin.get(hit.from).copied();
            let end = piece.folded.origin.get(hit.to - 1).map(|end| end + 1);
            let (Some(start), Some(end)) = (start, end) else {
                continue;
            };
            // A label without its last word is another label, or the title of the document.
            let short = hit.to - hit.from + 1 + pattern.len() / 12 < pattern.len();
            let strokes = || {
                piece
                    .text
                    .get(start..end)
                    .unwrap_or_default()
                    .contains(&'/')
            };
            if short || whole_name && strokes() {
                continue;
            }
            if !stands_alone(piece, start..end, pattern.len(), hit.errors)
                || by_chance(piece, pattern.len(), hit)
            {
                continue;
            }
            let quality = 1.0 - 1.3 * hit.errors as f32 / pattern.len() as f32;
            found.push(Found {
                range: start..end,
                fields: fields.iter().map(|field| (*field, quality)).collect(),
                worth: pattern.len() as f32 - 2.0 * hit.errors as f32,
                letters: pattern.len(),
                is_code: false,
            });
        }
    }
}

/// Whether a line of hardly more than what was found may be a value that only resembles a label:
/// `CARMEN` is not `Carte N°`.
fn by_chance(piece: &Piece, letters: usize, hit: super::fold::Hit) -> bool {
    let alone = piece.folded.symbols.len() <= hit.to - hit.from + 2;
    let marked = piece
        .text
        .iter()
        .any(|one| matches!(one, '/' | ':' | '•' | '·' | '('));
    let many = match letters {
        0..=7 => 1,
        8..=11 => 2,
        other => other / 5,
    };
    alone && !marked && hit.errors >= many
}

/// Whether what was found begins and ends where words do; long labels may be glued to their neighbours.
fn stands_alone(piece: &Piece, range: Range<usize>, letters: usize, errors: usize) -> bool {
    let at = |index: Option<usize>| index.and_then(|index| piece.text.get(index)).copied();
    let (before, first) = (at(range.start.checked_sub(1)), at(Some(range.start)));
    let (last, after) = (at(range.end.checked_sub(1)), at(Some(range.end)));
    let small = |one: Option<char>| one.is_some_and(char::is_lowercase);
    let capital = |one: Option<char>| one.is_some_and(char::is_uppercase);
    let clear = |one: Option<char>| one.is_none_or(|one| !one.is_alphanumeric());
    let digit = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
    // A number of the field before it: "4Date of birth", "01PMENI".
    let numbered = digit(before)
        && piece
            .text
            .get(..range.start)
            .is_some_and(|text| text.iter().filter(|one| one.is_alphanumeric()).count() <= 2);
    let (begins, ends) = (clear(before) || numbered, clear(after));
    match letters {
        // Two letters are a label only with a colon or nothing behind them.
        0..=2 => {
            let colon = after.is_none()
                || matches!(after, Some(':' | '：'))
                || at(Some(range.end + 1)) == Some(':');
            (range.start == 0 || numbered || before == Some('/')) && colon
        }
        3 | 4 => {
            let glued =
                small(last) && capital(after) || capital(last) && small(after) || digit(after);
            begins && (ends || glued && (letters == 4 || digit(after) && range.start == 0))
        }
        5..=7 => {
            (begins || small(before) && capital(first))
                && (ends
                    || small(last) && capital(after)
                    || digit(after)
                    || errors == 0 && range.start == 0)
        }
        8..=11 => errors == 0 || begins && (ends || errors < 2),
        _ => begins || errors * 6 < letters,
    }
}

/// Codes at the beginnings of words.
fn codes(
    piece: &Piece,
    coded: &[(usize, &FieldDefinition)],
    setting: &Setting<'_>,
    found: &mut Vec<Found>,
) {
    for start in 0..piece.text.len() {
        let before = start.checked_sub(1).and_then(|index| piece.text.get(index));
        if before.is_some_and(|one| !one.is_whitespace()) {
            continue;
        }
        let mut best: Option<(usize, Vec<(usize, f32)>)> = None;
        for (index, field) in coded {
            let Some(code) = &field.code else { continue };
            let Some((length, quality)) = code_at(piece, start, code, field, setting) else {
                continue;
            };
            match &mut best {
                Some((longest, fields)) if *longest == length => fields.push((*index, quality)),
                Some((longest, _)) if *longest > length => {}
                _ => best = Some((length, vec![(*index, quality)])),
            }
        }
        if let Some((length, fields)) = best {
            let quality = fields
                .iter()
                .map(|(_, quality)| *quality)
                .fold(0.0, f32::max);
            found.push(Found {
                range: start..start + length,
                fields,
                worth: 2.5 + quality,
                letters: length,
                is_code: true,
            });
        }
    }
}

/// Whether a code begins here: its length with the mark behind it, and how sure that is.
fn code_at(
    piece: &Piece,
    start: usize,
    code: &str,
    field: &FieldDefinition,
    setting: &Setting<'_>,
) -> Option<(usize, f32)> {
    let mut at = start;
    let mut quality = 1.0_f32;
    let mut exact = true;
    let several = code.chars().filter(|one| one.is_alphanumeric()).count() > 1;
    let dotted = code.contains('.');
    for wanted in code.chars() {
        let seen = piece.text.get(at).copied();
        if !wanted.is_alphanumeric() {
            // The dot inside a code is small and at times lost.
            if seen == Some(wanted) || matches!(seen, Some(',' | '·')) {
                at += 1;
            } else {
                quality *= 0.8;
            }
            continue;
        }
        let mut seen = seen?;
        if seen == ' ' && at > start && several {
            at += 1;
            quality *= 0.95;
            seen = piece.text.get(at).copied()?;
        }
        if plain(seen) == plain(wanted) {
            if seen != wanted && several {
                quality *= 0.97;
            }
        } else if looks_like(seen, wanted) {
            exact = false;
            quality *= if several { 0.8 } else { 0.6 };
        } else {
            return None;
        }
        at += 1;
    }
    // Within a text a letter is a letter: class B of `AM, B, BE` is no field 8.
    if !exact && !several && start > 0 {
        return None;
    }
    let next = piece.text.get(at).copied();
    let mark = matches!(next, Some('.' | ':' | ')' | ',' | ';' | '-'));
    if mark {
        at += 1;
    }
    let rest: String = piece.text.get(at..).unwrap_or_default().iter().collect();
    if next.is_none() || rest.trim().is_empty() {
        // A lone letter that only looks like the figure is a value: class B is no field 8. And a figure at
        // the end of a text belongs to it: `NH-866130 1`.
        if !several && !mark && (!exact || start > 0) {
            return None;
        }
        // Alone on its line: sure enough where it has a mark or several characters.
        let tall =
            piece.area.height() > 1.6 * piece.area.width().max(1.0) * if mark { 2.0 } else { 1.0 };
        let sure = if tall && !several {
            0.2
        } else if mark || several {
            0.95
        } else {
            0.6
        };
        return Some((at - start, quality * sure));
    }
    if mark || next.is_some_and(char::is_whitespace) {
        let sure = if mark {
            1.0
        } else if several {
            0.9
        } else {
            0.7
        };
        let sure = if dotted
            && !piece
                .text
                .get(start..at)
                .is_some_and(|seen| seen.contains(&'.'))
        {
            sure * 0.8
        } else {
            sure
        };
        return Some((at - start, quality * sure));
    }
    // Glued to its value: the shape of the value must vouch for it.
    let next = next?;
    let last = code.chars().last()?;
    let changes = last.is_ascii_digit() != next.is_ascii_digit();
    let judged = judge(&field.shape, field.name.as_str(), &rest, setting)?;
    let vouched = match field.shape {
        model::definition::Shape::Date | model::definition::Shape::Categories { .. } => {
            judged.score >= 0.85
        }
        _ => changes || dotted,
    };
    (vouched && judged.score > 0.3 && (several || quality > 0.9))
        .then_some((at - start, quality * 0.85))
}

/// Characters that recognisers mix up in small print.
fn looks_like(seen: char, wanted: char) -> bool {
    matches!(
        (wanted, seen),
        ('1', 'I' | 'l' | 'i' | '|' | 'L')
            | ('2', 'Z' | 'z')
            | ('5', 'S' | 's')
            | ('8', 'B')
            | ('9', 'g' | 'q')
            | ('0', 'O')
            | ('a', '@' | 'o' | '3' | 'á' | 'e')
            | ('b', '6' | 'h')
            | ('c', 'e' | 'C' | '(' | 'o')
            | ('d', '0' | 'o')
            | ('B', '8')
            | ('D', '0' | 'O')
            | ('G', '6' | 'C')
            | ('I', '1' | 'l' | '|')
            | ('4', 'A')
    )
}

/// The best of what overlaps: the longest match wins, and labels that say the same share one place.
fn choose(piece: &Piece, mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|one, other| {
        other
            .worth
            .total_cmp(&one.worth)
            .then(one.range.start.cmp(&other.range.start))
    });
    let mut chosen: Vec<Found> = Vec::new();
    for candidate in found {
        let overlapping = chosen.iter_mut().find(|one| {
            one.range.start < candidate.range.end && candidate.range.start < one.range.end
        });
        match overlapping {
            Some(one) => {
                let same = one.range.start.abs_diff(candidate.range.start) <= 1
                    && one.range.end.abs_diff(candidate.range.end) <= 1;
                if same && one.is_code == candidate.is_code {
                    for (field, quality) in candidate.fields {
                        match one.fields.iter_mut().find(|(own, _)| *own == field) {
                            Some((_, own)) => *own = own.max(quality),
                            None => one.fields.push((field, quality)),
                        }
                    }
                }
            }
            None => chosen.push(candidate),
        }
    }
    chosen.sort_by_key(|one| one.range.start);
    // A short label in the middle of other text is a word of that text.
    let length = piece.folded.symbols.len();
    for one in &mut chosen {
        let best = one
            .fields
            .iter()
            .map(|(_, quality)| *quality)
            .fold(0.0, f32::max);
        one.fields.retain(|(_, quality)| *quality > best - 0.15);
    }
    let several = chosen.len() > 1;
    let stroke = |one: &Found| {
        let beside = [one.range.start.checked_sub(1), Some(one.range.end)];
        beside.iter().flatten().any(|at| {
            piece
                .text
                .get(*at)
                .is_some_and(|one| matches!(one, '/' | '·' | '•' | ':'))
        })
    };
    chosen.retain(|one| {
        one.is_code
            || one.letters > 4
            || several
            || one.range.start <= 4
            || stroke(one)
            || length <= one.letters * 3
    });
    chosen
}

/// Labels of one field beside each other become one anchor; what follows each is its rest.
fn arrange(page: &Page, index: usize, piece: &Piece, found: Vec<Found>) -> Vec<Anchor> {
    let span = |range: Range<usize>| Span {
        piece: index,
        range,
    };
    let between = |from: usize, to: usize| piece.text.get(from..to.max(from)).unwrap_or_default();
    let letters = |text: &[char]| text.iter().filter(|one| one.is_alphanumeric()).count();
    let mut groups: Vec<Found> = Vec::new();
    for one in found {
        if let Some(last) = groups.last_mut() {
            let gap = between(last.range.end, one.range.start);
            let stroke = gap
                .iter()
                .find(|one| !one.is_whitespace())
                .is_some_and(|one| matches!(one, '/' | '·' | '-' | '|' | '•'));
            let shared = last
                .fields
                .iter()
                .any(|(field, _)| one.fields.iter().any(|(other, _)| other == field));
            let digits = gap.iter().any(char::is_ascii_digit);
            let both_none = last.fields.is_empty() && one.fields.is_empty();
            if !last.is_code
                && !one.is_code
                && (shared || both_none)
                && (letters(gap) <= 2 || stroke && !digits)
            {
                for (field, quality) in &mut last.fields {
                    if let Some((_, other)) = one.fields.iter().find(|(own, _)| own == field) {
                        // Two languages that say the same are more than each.
                        *quality = quality.max(*other).mul_add(0.9, 0.1);
                    }
                }
                if shared {
                    last.fields
                        .retain(|(field, _)| one.fields.iter().any(|(other, _)| other == field));
                }
                last.range.end = one.range.end;
                last.letters += one.letters;
                continue;
            }
            // "Name" is the surname in one language and part of "Given names" in the next.
            if !last.is_code && !one.is_code && letters(gap) == 0 && stroke && one.fields.is_empty()
            {
                last.range.end = one.range.end;
                continue;
            }
        }
        groups.push(one);
    }
    // A code before a label of words is the legend on the back of a licence, which has no value.
    for at in 0..groups.len() {
        let legend = groups
            .get(at)
            .zip(groups.get(at + 1))
            .is_some_and(|(code, label)| {
                code.is_code
                    && !label.is_code
                    && letters(between(code.range.end, label.range.start)) <= 9
            });
        if legend {
            for one in groups.iter_mut().skip(at).take(2) {
                one.fields.clear();
            }
        }
    }
    let starts: Vec<usize> = groups.iter().map(|one| one.range.start).collect();
    let mut anchors = Vec::new();
    for (order, mut one) in groups.into_iter().enumerate() {
        let next = starts.get(order + 1).copied().unwrap_or(piece.text.len());
        if order == 0 && !one.is_code {
            // The number of the field before its label.
            let lead = between(0, one.range.start);
            if letters(lead) <= 3 && lead.iter().filter(|one| one.is_alphabetic()).count() <= 1 {
                one.range.start = 0;
            }
        }
        let rest = between(one.range.end, next);
        let stroke = rest
            .iter()
            .find(|one| !one.is_whitespace())
            .is_some_and(|one| matches!(one, '/' | '·'));
        let digits = rest.iter().any(char::is_ascii_digit);
        // Behind a stroke stands the label in another language, unless figures say otherwise.
        let from = if stroke && !digits && !one.is_code {
            next
        } else {
            one.range.end
        };
        // Remnants of the label such as "(s)", "(4)" and marks.
        let from = from + remnant(between(from, next));
        anchors.push(Anchor {
            area: page.area(&span(one.range.clone())),
            span: span(one.range.start..from.max(one.range.end)),
            rest: span(from..next),
            fields: one.fields,
            is_code: one.is_code,
        });
    }
    anchors
}

/// How many characters behind a label still belong to it: `(s):`, `(1)`, `. `.
fn remnant(rest: &[char]) -> usize {
    let mut at = 0;
    let mut bracket = false;
    for one in rest {
        match one {
            '(' | '（' => bracket = true,
            ')' | '）' => bracket = false,
            other if bracket && at < 4 && other.is_alphanumeric() => {}
            ':' | '.' | ' ' | '-' | '：' | '/' | '°' | ';' | ',' | '_' | '=' => {}
            _ => return if bracket { 0 } else { at },
        }
        at += 1;
    }
    at
}
