//! Where in the text of a definition a thing stands, so that what is wrong can be pointed at.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// One step into a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// To the value of a key.
    Key(&'a str),
    /// To an entry of a list, counted from 0.
    Entry(usize),
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Line, counted from 1.
    pub(super) line: usize,
    /// Keys on the way there, joined by full stops; empty outside all of them.
    pub(super) key: String,
}

/// The line of a byte, counted from 1.
fn line(source: &str, byte: usize) -> usize {
    let before = source.bytes().take(byte);
    1 + before.filter(|byte| *byte == b'\n').count()
}

/// Where a path leads, or the last thing on it that the text has.
pub(super) fn of_path(source: &str, path: &[Step<'_>]) -> Option<Spot> {
    let whole = DeTable::parse(source).ok()?;
    let mut at = 0..0;
    let mut keys: Vec<&str> = Vec::new();
    let mut steps = path.iter();
    let mut next = match steps.next() {
        Some(Step::Key(name)) => entry(whole.get_ref(), name),
        Some(Step::Entry(_)) | None => None,
    };
    if let (Some(Step::Key(name)), Some(_)) = (path.first(), &next) {
        keys.push(name);
    }
    while let Some((place, value)) = next {
        at = place;
        next = match (steps.next(), value.get_ref()) {
            (Some(Step::Key(name)), DeValue::Table(table)) => {
                let found = entry(table, name);
                if found.is_some() {
                    keys.push(name);
                }
                found
            }
            (Some(Step::Entry(number)), DeValue::Array(list)) => {
                list.get(*number).map(|value| (value.span(), value))
            }
            _ => None,
        };
    }
    (!keys.is_empty()).then(|| Spot {
        line: line(source, at.start),
        key: keys.join("."),
    })
}

fn entry<'a, 'i>(
    table: &'a DeTable<'i>,
    name: &str,
) -> Option<(Range<usize>, &'a Spanned<DeValue<'i>>)> {
    let found = table.iter().find(|(key, _)| key.get_ref() == name);
    found.map(|(key, value)| (key.span(), value))
}

/// What covers a byte: the line, and the keys whose value or name it lies in.
pub(super) fn of_byte(source: &str, byte: usize) -> Spot {
    let whole = DeTable::parse(source).ok();
    let mut keys = Vec::new();
    if let Some(whole) = &whole {
        descend(whole.get_ref(), byte, &mut keys);
    }
    Spot {
        line: line(source, byte),
        key: keys.join("."),
    }
}

/// Adds the keys that lead to a byte; says whether there are any.
fn descend<'a>(table: &'a DeTable<'_>, byte: usize, keys: &mut Vec<&'a str>) -> bool {
    for (key, value) in table {
        keys.push(key.get_ref());
        let deeper = match value.get_ref() {
            DeValue::Table(table) => descend(table, byte, keys),
            DeValue::Array(list) => list.iter().any(|entry| match entry.get_ref() {
                DeValue::Table(table) => descend(table, byte, keys),
                _ => false,
            }),
            _ => false,
        };
        if deeper || key.span().contains(&byte) || value.span().contains(&byte) {
            return true;
        }
        keys.pop();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Spot, Step, of_byte, of_path};

    const TEXT: &str = "id = 'x'\n\n[recognise]\ntitles = [\n  { text = 'A', weight = 1 },\n  { text = 'B', weight = 7 },\n]\n\n[[fields]]\nname = 'a'\n\n[[fields]]\nname = 'b'\nshape = 'date'\n";

    fn spot(line: usize, key: &str) -> Spot {
        let key = key.to_owned();
        Spot { line, key }
    }

    #[test]
    fn paths_lead_to_lines() {
        let weight = [
            Step::Key("recognise"),
            Step::Key("titles"),
            Step::Entry(1),
            Step::Key("weight"),
        ];
        for (path, expected) in [
            (&weight[..], spot(6, "recognise.titles.weight")),
            (&[Step::Key("id")], spot(1, "id")),
            (
                &[Step::Key("fields"), Step::Entry(1), Step::Key("shape")],
                spot(14, "fields.shape"),
            ),
            // What is not there is shown by what would hold it.
            (
                &[Step::Key("fields"), Step::Entry(0), Step::Key("shape")],
                spot(9, "fields"),
            ),
        ] {
            assert_eq!(of_path(TEXT, path), Some(expected), "{path:?}");
        }
        assert_eq!(of_path(TEXT, &[Step::Key("kind")]), None);
    }

    #[test]
    fn bytes_lie_in_keys() {
        let at = |text: &str| of_byte(TEXT, TEXT.find(text).unwrap());
        assert_eq!(at("'b'"), spot(13, "fields.name"));
        assert_eq!(at("7"), spot(6, "recognise.titles.weight"));
        assert_eq!(of_byte("id = ", 4).line, 1);
    }
}
