//! Web pages: the text that a browser would show, without running anything.

use quick_xml::escape::resolve_html5_entity;

/// Elements whose content is not shown.
const UNSEEN: &[&str] = &[
    "script", "style", "head", "template", "noscript", "svg", "iframe", "object",
];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "tr",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "blockquote",
    "pre",
    "hr",
    "form",
    "fieldset",
    "address",
    "figure",
    "figcaption",
    "body",
    "title",
    "caption",
];

/// The text of a page: blocks are lines, cells of a row are parted by tabs.
pub(super) fn text(page: &str) -> String {
    let mut text = Lines::default();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text.push(&resolved(&rest[..at]));
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let begins = |letter: char| letter.is_ascii_alphabetic() || "/!?".contains(letter);
        if !rest[1..].starts_with(begins) {
            // A sign that something is less than something.
            text.push("<");
            rest = &rest[1..];
            continue;
        }
        let Some(end) = end_of_tag(rest) else {
            break;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let opens = !tag.starts_with('/');
        if opens && !tag.ends_with('/') && UNSEEN.contains(&name.as_str()) {
            rest = after(rest, &name);
        } else if name == "td" || name == "th" {
            if opens {
                text.cell();
            }
        } else if BLOCKS.contains(&name.as_str()) {
            text.end_line();
        }
    }
    text.push(&resolved(rest));
    text.end_line();
    text.done
}

/// Where the tag ends that the text begins with: quoted values may hold a `>`.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') if text[..at].ends_with('=') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    // A quote that never ends.
    text.find('>')
}

/// What comes after the end of an element that is not shown.
fn after<'a>(text: &'a str, name: &str) -> &'a str {
    let bytes = text.as_bytes();
    let wanted = format!("</{name}");
    let found = bytes
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()));
    let Some(at) = found else { return "" };
    text[at..].find('>').map_or("", |end| &text[at + end + 1..])
}

/// Text with its entities resolved.
pub(super) fn resolved(text: &str) -> String {
    /// Longer than the name of any entity.
    const LONGEST: usize = 40;

    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((end, entity(rest.get(1..end)?)?)));
        if let Some((end, letters)) = found {
            resolved.push_str(&letters);
            rest = &rest[end + 1..];
        } else {
            resolved.push('&');
            rest = &rest[1..];
        }
    }
    resolved.push_str(rest);
    resolved
}

fn entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?).map(String::from)
}

/// Lines of text with single spaces.
#[derive(Default)]
struct Lines {
    done: String,
    line: String,
    cells: usize,
}

impl Lines {
    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if !letter.is_whitespace() {
                self.line.push(letter);
            } else if !self.line.ends_with([' ', '\t']) && !self.line.is_empty() {
                self.line.push(' ');
            }
        }
    }

    fn cell(&mut self) {
        if self.cells > 0 {
            self.line.push('\t');
        }
        self.cells += 1;
    }

    fn end_line(&mut self) {
        // A block inside a cell does not end its row, as long as nothing but the cell is there.
        let line = self.line.trim_matches(' ');
        if !line.trim().is_empty() {
            self.done.push_str(line);
            self.done.push('\n');
        }
        self.line.clear();
        self.cells = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_is_shown_is_text() {
        let page = "<html><head><title>x</title><style>p { }</style></head><body>\
            <h1>B&uuml;rger&#8211;Akte</h1><script>if (a < b) { alert(1) }</script>\
            <table><tr><th>Name</th><td>&#x418;ван</td></tr></table><p>1 < 2 &amp; so on</p><!-- no -->";
        assert_eq!(text(page), "Bürger–Akte\nName\tИван\n1 < 2 & so on\n");
    }

    #[test]
    fn a_quoted_value_may_hold_the_end_of_a_tag() {
        assert_eq!(text("<p title=\"a > b\">c</p>"), "c\n");
        assert_eq!(text("<p title=\"never ends>c</p>"), "c\n");
    }
}
