//! Finds the data elements in a payload, whatever happened to its separators and offsets.
//!
//! The standard gives every subfile an offset and a length and ends every element with a line feed.
//! On real cards the table lies, `ANSI` is written `AAMVA`, and programs on the way drop or replace
//! control characters. So the table is only looked at for the kinds of subfiles, and elements are
//! found by their tags: at the beginning of lines while there are lines, else by the likeliest cut of
//! the whole text into tags and values of the right shape.

use super::shape::{self, Specification};

/// What stands before the elements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Header {
    /// Issuer identification number, six digits; empty where no header was found.
    pub(super) issuer: String,
    /// Version of the standard; 0 where no header was found.
    pub(super) version: u8,
    /// Type of the first subfile, such as `DL` or `ID`; empty where none was found.
    pub(super) subfile: String,
}

/// A tag with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) specification: &'static Specification,
    /// Without spaces around it.
    pub(super) value: String,
}

/// All that was found in a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Elements {
    pub(super) header: Header,
    pub(super) found: Vec<Element>,
    /// Whether tags had to be searched for within running text.
    pub(super) separators_lost: bool,
}

/// So many lines that begin with a tag make a payload with its separators in place.
const LINES: usize = 5;

/// Without a header, so many different known elements are asked for.
const WITHOUT_HEADER: usize = 8;

/// Elements of a payload; none where it is nothing of this kind.
pub(super) fn find(text: &str) -> Option<Elements> {
    let text = with_plain_separators(text);
    let (header, declared, body) = match header(&text) {
        Some((header, declared, body)) => (Some(header), declared, body),
        None => (None, Vec::new(), text.as_str()),
    };
    let headless = header.is_none();
    let mut header = header.unwrap_or_default();
    let (subfile, body) = without_subfile_type(body, headless)?;
    if let Some(subfile) = subfile {
        subfile.clone_into(&mut header.subfile);
    }
    let lines: Vec<&str> = body
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let tagged = lines.iter().filter(|line| tag_of(line).is_some()).count();
    let separators_lost = tagged < LINES;
    let mut elements = Vec::new();
    if separators_lost {
        elements = cut(&lines.join(" "), Splitting::Expected, |_| true);
    } else {
        let first_of_others = lines
            .iter()
            .rposition(|line| !line.starts_with('Z'))
            .map_or(0, |last| last + 1);
        for (index, line) in lines.iter().take(first_of_others).enumerate() {
            if line.starts_with('Z') || tag_of(line).is_none() {
                continue;
            }
            // The carriage return between two subfiles may have been lost.
            let line = if index + 1 == first_of_others {
                before_next_subfile(line, &declared)
            } else {
                line
            };
            let elsewhere = |tag: &str| !lines.iter().any(|line| line.starts_with(tag));
            elements.extend(cut(line, Splitting::Surprising, elsewhere));
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    elements.retain(|element| {
        let tag = element.specification.tag;
        let new = !seen.contains(&tag);
        if new && !element.value.is_empty() {
            seen.push(tag);
        }
        new
    });
    let enough = if headless { WITHOUT_HEADER } else { 1 };
    (seen.len() >= enough).then_some(Elements {
        header,
        found: elements,
        separators_lost,
    })
}

/// Every control character as a line feed, also where it was written out.
fn with_plain_separators(text: &str) -> String {
    const WRITTEN: [&str; 12] = [
        "\\n", "\\r", "\\x1e", "\\x1E", "\\u001e", "\\u001E", "<LF>", "<CR>", "<RS>", "<0A>",
        "<0D>", "<1E>",
    ];
    let mut text: String = text
        .chars()
        .filter(|&character| character != '\0')
        .map(|character| match character {
            '\t' => ' ',
            '\u{fffd}' | '\u{2400}'..='\u{241f}' => '\n',
            character if character.is_control() => '\n',
            character => character,
        })
        .collect();
    if !text.contains('\n') {
        for written in WRITTEN {
            text = text.replace(written, "\n");
        }
    }
    text
}

/// The header, the subfile types of its table, and what follows them.
fn header(text: &str) -> Option<(Header, Vec<&str>, &str)> {
    /// File types: `ANSI ` as the standard has it, and as it is found.
    const FILE_TYPES: [&str; 4] = ["ANSI", "AAMVA", "AMVA", "AAVMA"];
    let digits_after = |file_type: &str| {
        let start = text.find(file_type)? + file_type.len();
        let rest = text.get(start..)?.trim_start();
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        (count >= 8).then(|| rest.split_at(count))
    };
    let (digits, mut rest) = FILE_TYPES.into_iter().find_map(digits_after)?;
    let mut declared = Vec::new();
    // Type, offset and length of each subfile: two letters and eight digits.
    while let Some((entry, after)) = rest.split_at_checked(10) {
        let (subfile, place) = entry.split_at(2);
        let is_entry = subfile.bytes().all(|byte| byte.is_ascii_uppercase())
            && place.bytes().all(|byte| byte.is_ascii_digit());
        if !is_entry {
            break;
        }
        declared.push(subfile);
        rest = after;
    }
    let header = Header {
        issuer: digits.get(..6)?.to_owned(),
        version: digits.get(6..8)?.parse().ok()?,
        subfile: declared
            .first()
            .map_or(String::new(), |&first| first.to_owned()),
    };
    Some((header, declared, rest))
}

/// Types of the subfile that holds the standard's elements.
const SUBFILES: [&str; 3] = ["DL", "ID", "EN"];

/// The type written before the first element, and the text from that element on.
///
/// Whatever stands before it (a table without digits, the type twice) is passed over.
fn without_subfile_type(body: &str, headless: bool) -> Option<(Option<&str>, &str)> {
    let at = |index: usize| body.get(index..).filter(|rest| tag_of(rest).is_some());
    let starts: Vec<usize> = body.char_indices().map(|(index, _)| index).collect();
    for &start in &starts {
        let before = body.get(..start).unwrap_or_default();
        let subfile = SUBFILES
            .into_iter()
            .find(|subfile| before.ends_with(subfile));
        let begins_line = before.trim_end_matches(' ').is_empty() || before.ends_with('\n');
        if let Some(rest) = at(start)
            && (begins_line || subfile.is_some())
        {
            return Some((subfile, rest));
        }
    }
    if headless {
        return None;
    }
    starts.into_iter().find_map(at).map(|rest| (None, rest))
}

/// What stands before a jurisdiction's subfile that follows without a separator: its type, then an
/// element whose tag begins with the type.
fn before_next_subfile<'a>(line: &'a str, declared: &[&str]) -> &'a str {
    declared
        .iter()
        .filter(|subfile| subfile.starts_with('Z'))
        .filter_map(|subfile| line.find(&subfile.repeat(2)))
        .min()
        .and_then(|end| line.get(..end))
        .unwrap_or(line)
}

fn tag_of(text: &str) -> Option<&'static Specification> {
    shape::specification(text.get(..3)?)
}

/// Whether a piece of text is expected to hold more than one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Splitting {
    /// The separators are gone.
    Expected,
    /// One of many may be missing.
    Surprising,
}

/// The likeliest cut of a text that begins with a tag into elements; `allowed` says which tags may
/// stand within it.
fn cut(text: &str, splitting: Splitting, allowed: impl Fn(&str) -> bool) -> Vec<Element> {
    /// What a cut must gain where it is a surprise; a strict shape in a required element gains it.
    const SURPRISE: f32 = 3.5;
    let price = match splitting {
        Splitting::Expected => 0.0,
        Splitting::Surprising => SURPRISE,
    };
    let mut starts: Vec<(usize, Option<&'static Specification>)> = text
        .char_indices()
        .filter_map(|(index, _)| {
            let rest = text.get(index..)?;
            let found = tag_of(rest).filter(|found| index == 0 || allowed(found.tag));
            (found.is_some() || begins_subfile(rest)).then_some((index, found))
        })
        .collect();
    starts.push((text.len(), None));
    // From each start to the end of the text: the best score, and where its first element ends.
    let mut best: Vec<(f32, usize)> = vec![(0.0, 0); starts.len()];
    for first in (0..starts.len() - 1).rev() {
        let (start, specification) = starts[first];
        let Some(specification) = specification else {
            // A jurisdiction's own subfile: nothing after it is of the standard.
            best[first] = (1.0, starts.len() - 1);
            continue;
        };
        let mut chosen = (f32::NEG_INFINITY, starts.len() - 1);
        for next in first + 1..starts.len() {
            let end = starts[next].0;
            let Some(value) = text.get(start + 3..end) else {
                continue;
            };
            let toll = if next == starts.len() - 1 { 0.0 } else { price };
            let score = specification.score(value.trim()) + best[next].0 - toll;
            // Of equals the longer value: a tag within a word says nothing.
            if score >= chosen.0 {
                chosen = (score, next);
            }
        }
        best[first] = chosen;
    }
    let mut elements = Vec::new();
    let mut index = 0;
    while let Some(&(start, Some(specification))) = starts.get(index) {
        let next = best[index].1;
        let end = starts[next].0;
        elements.push(Element {
            specification,
            value: text
                .get(start + 3..end)
                .unwrap_or_default()
                .trim()
                .to_owned(),
        });
        index = next;
    }
    elements
}

/// `ZVZVA`: the type of a jurisdiction's subfile and the tag of its first element.
fn begins_subfile(text: &str) -> bool {
    let mut bytes = text.bytes();
    let mut next = || bytes.next().filter(u8::is_ascii_uppercase);
    let (first, second, third, fourth, fifth) = (next(), next(), next(), next(), next());
    first == Some(b'Z')
        && third == first
        && second.is_some()
        && fourth == second
        && fifth == Some(b'A')
}
