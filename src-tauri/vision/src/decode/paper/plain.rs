//! Text with little mark-up: tables of separated values, and Markdown.

/// What may part the values of a row.
pub(in crate::decode) const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// A table of separated values, with tabs between its cells.
pub(super) fn table(text: &str) -> String {
    let separator = separator(text).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = String::new();
    for record in reader.records().map_while(Result::ok) {
        let cells: Vec<String> = record
            .iter()
            .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        rows.push_str(&cells.join("\t"));
        rows.push('\n');
    }
    rows
}

/// What parts the values: the sign that every line has as often as the first; none where no sign does.
pub(in crate::decode) fn separator(text: &str) -> Option<u8> {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(20)
        .collect();
    let count = |line: &str, sign: u8| {
        let mut quoted = false;
        let counted = line.bytes().filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == sign
        });
        counted.count()
    };
    if lines.len() < 2 {
        return None;
    }
    SEPARATORS.into_iter().find(|sign| {
        let first = count(lines[0], *sign);
        // A comma belongs to many a sentence.
        let least = if *sign == b',' { 2 } else { 1 };
        first >= least && lines.iter().all(|line| count(line, *sign) == first)
    })
}

/// The text of Markdown without its signs; tables have tabs between their cells.
pub(super) fn markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut fenced = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            plain.push_str(line);
            plain.push('\n');
            continue;
        }
        let rule = !trimmed.is_empty()
            && trimmed.chars().all(|letter| "-=|:* _".contains(letter))
            && trimmed.len() >= 3;
        if rule {
            continue;
        }
        let shown = trimmed
            .trim_start_matches('#')
            .trim_start_matches("> ")
            .trim_start();
        let shown = ["- ", "* ", "+ "]
            .iter()
            .find_map(|mark| shown.strip_prefix(mark))
            .unwrap_or(shown);
        if let Some(row) = shown.strip_prefix('|') {
            let cells = row.trim_end_matches('|').split('|');
            let cells: Vec<String> = cells.map(|cell| inline(cell.trim())).collect();
            plain.push_str(&cells.join("\t"));
        } else {
            plain.push_str(&inline(shown));
        }
        plain.push('\n');
    }
    plain
}

/// A line without marks of emphasis, code and links; pictures are left out.
fn inline(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        match letter {
            '\\' => {
                let escaped = after.chars().next();
                plain.extend(escaped);
                rest = escaped.map_or(after, |escaped| &after[escaped.len_utf8()..]);
                continue;
            }
            // Underscores mark between words only.
            '`' | '*' => {}
            '_' if !plain.ends_with(char::is_alphanumeric)
                || !after.starts_with(char::is_alphanumeric) => {}
            '!' if after.starts_with('[') => {
                if let Some((_, beyond)) = link(after) {
                    rest = beyond;
                    continue;
                }
                plain.push('!');
            }
            '[' => {
                if let Some((words, beyond)) = link(rest) {
                    plain.push_str(&inline(words));
                    rest = beyond;
                    continue;
                }
                plain.push('[');
            }
            letter => plain.push(letter),
        }
        rest = after;
    }
    super::html::resolved(&plain)
}

/// The words of a link `[words](address)` at the beginning of a text, and what follows it.
fn link(text: &str) -> Option<(&str, &str)> {
    let middle = text.find("](")?;
    let words = text.get(1..middle)?;
    let end = text[middle..].find(')')?;
    (!words.contains('[')).then_some((words, &text[middle + end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{markdown, separator, table};

    #[test]
    fn values_are_parted_by_what_every_line_has() {
        assert_eq!(separator("a;b\nc;d"), Some(b';'));
        assert_eq!(separator("Dear Sir,\nthank you, yes"), None);
        assert_eq!(
            table("Name,Born,Place\n\"Eriksson, A\",1974,x\n"),
            "Name\tBorn\tPlace\nEriksson, A\t1974\tx\n"
        );
    }

    #[test]
    fn markdown_is_shown_without_its_signs() {
        let text = "# Claim\n\n**Name:** Anna [Eriksson](http://x) ![p](y.png)\n\n| a | b |\n|---|---|\n| snake_case | 2 |\n";
        assert_eq!(
            markdown(text),
            "Claim\n\nName: Anna Eriksson \n\na\tb\nsnake_case\t2\n"
        );
    }
}
