//! E-mails (RFC 5322, MIME): who wrote when about what, the text, and what is attached.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{Content, encoding, html};

/// Parts within parts, and parts altogether: more than any program that writes mail makes.
const DEEPEST: usize = 10;
const PARTS: usize = 200;

/// The lines of the header that are shown.
const SHOWN: [&str; 5] = ["From", "To", "Cc", "Date", "Subject"];

/// A message.
pub(super) fn message(bytes: &[u8]) -> Content {
    let mut content = Content::default();
    let mut reader = Reader {
        content: &mut content,
        parts: 0,
    };
    reader.message(bytes, 0);
    content
}

struct Reader<'a> {
    content: &'a mut Content,
    parts: usize,
}

/// One part of a message: its header and its body.
struct Part<'a> {
    header: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let (head, body) = parted(bytes);
        let mut header: Vec<(String, String)> = Vec::new();
        for line in encoding::text(head).lines() {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = header.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                header.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self { header, body }
    }

    fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.header.iter();
        let found = fields.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Type and subtype, in lower case.
    fn media_type(&self) -> String {
        let value = self.field("Content-Type").unwrap_or("text/plain");
        let end = value.find(';').unwrap_or(value.len());
        value[..end].trim().to_ascii_lowercase()
    }

    /// A parameter of the type, such as `boundary`.
    fn parameter(&self, name: &str) -> Option<String> {
        let value = self.field("Content-Type")?;
        value.split(';').skip(1).find_map(|part| {
            let (known, value) = part.split_once('=')?;
            let value = value.trim().trim_matches('"');
            known
                .trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.to_owned())
        })
    }

    /// The body as it was before it was made fit for mail.
    fn decoded(&self) -> Vec<u8> {
        let way = self.field("Content-Transfer-Encoding").unwrap_or_default();
        if way.eq_ignore_ascii_case("base64") {
            from_base64(self.body)
        } else if way.eq_ignore_ascii_case("quoted-printable") {
            from_quoted(self.body)
        } else {
            self.body.to_vec()
        }
    }

    fn text(&self) -> String {
        encoding::named(&self.decoded(), self.parameter("charset").as_deref())
    }

    fn is_attached(&self) -> bool {
        let disposition = self.field("Content-Disposition").unwrap_or_default();
        disposition.to_ascii_lowercase().starts_with("attachment")
    }
}

impl Reader<'_> {
    /// A whole message, with its header.
    fn message(&mut self, bytes: &[u8], depth: usize) {
        let part = Part::new(bytes);
        for name in SHOWN {
            if let Some(value) = part.field(name) {
                let value = words(value);
                let line = [name, ":\t", value.as_str(), "\n"].concat();
                self.content.text.push_str(&line);
            }
        }
        self.content.text.push('\n');
        self.part(&part, depth);
    }

    fn part(&mut self, part: &Part<'_>, depth: usize) {
        self.parts += 1;
        if depth > DEEPEST || self.parts > PARTS {
            return;
        }
        let media_type = part.media_type();
        if let Some(kind) = media_type.strip_prefix("multipart/") {
            let parts = part
                .parameter("boundary")
                .map(|boundary| pieces(part.body, &boundary));
            let parts: Vec<Part<'_>> = parts
                .unwrap_or_default()
                .into_iter()
                .map(Part::new)
                .collect();
            if kind == "alternative" {
                // The same text in several ways: the plain one, else the last, which is the best.
                let plain = parts.iter().find(|part| part.media_type() == "text/plain");
                if let Some(best) = plain.or(parts.last()) {
                    self.part(best, depth + 1);
                }
            } else {
                for part in &parts {
                    self.part(part, depth + 1);
                }
            }
            return;
        }
        match media_type.as_str() {
            "text/plain" if !part.is_attached() => self.say(&part.text()),
            "text/html" if !part.is_attached() => self.say(&html::text(&part.text())),
            "message/rfc822" => self.message(&part.decoded(), depth + 1),
            _ => self.content.inner.push(part.decoded()),
        }
    }

    fn say(&mut self, text: &str) {
        self.content.text.push_str(text.trim_end());
        self.content.text.push('\n');
    }
}

/// Header and body, parted by the first empty line.
fn parted(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let end = rest.iter().position(|byte| *byte == b'\n');
        let end = end.map_or(rest.len(), |end| end + 1);
        if rest[..end].iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
            return (&bytes[..at], &bytes[at + end..]);
        }
        at += end;
    }
    (bytes, &[])
}

/// What stands between the lines of a boundary.
fn pieces<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}");
    let mut pieces = Vec::new();
    let mut from = None;
    let mut at = 0;
    while at < body.len() && !boundary.is_empty() {
        let rest = &body[at..];
        let end = rest.iter().position(|byte| *byte == b'\n');
        let end = end.map_or(rest.len(), |end| end + 1);
        if let Some(after) = rest[..end].strip_prefix(mark.as_bytes()) {
            if let Some(from) = from {
                pieces.push(&body[from..at]);
            }
            if after.starts_with(b"--") {
                return pieces;
            }
            from = Some(at + end);
        }
        at += end;
    }
    // A message that breaks off.
    pieces.extend(from.map(|from| &body[from..]));
    pieces
}

fn from_base64(body: &[u8]) -> Vec<u8> {
    const TOLERANT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let mut digits: Vec<u8> = body
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        .collect();
    // One digit is less than a byte.
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    TOLERANT.decode(digits).unwrap_or_default()
}

fn from_quoted(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        at += 1;
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        match body.get(at..) {
            Some([b'\r', b'\n', ..]) => at += 2,
            Some([b'\n', ..]) => at += 1,
            Some([high, low, ..]) => {
                let digit = |byte: &u8| (*byte as char).to_digit(16);
                if let (Some(high), Some(low)) = (digit(high), digit(low)) {
                    bytes.push((high << 4 | low) as u8);
                    at += 2;
                } else {
                    bytes.push(b'=');
                }
            }
            _ => {}
        }
    }
    bytes
}

/// A value of the header with its encoded words (RFC 2047) decoded.
fn words(value: &str) -> String {
    let mut decoded = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        let (before, word) = rest.split_at(at);
        let Some((text, length)) = word_of(word) else {
            decoded.push_str(before);
            decoded.push_str("=?");
            rest = &word[2..];
            continue;
        };
        // Nothing but space parts words that belong together.
        if !before.trim().is_empty() || decoded.is_empty() {
            decoded.push_str(before);
        }
        decoded.push_str(&text);
        rest = &word[length..];
    }
    decoded.push_str(rest);
    decoded
}

/// The encoded word at the beginning of a text, and how long it is.
fn word_of(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("=?")?;
    let (charset, inside) = inside.split_once('?')?;
    let (way, inside) = inside.split_once('?')?;
    let (letters, after) = inside.split_once("?=")?;
    let bytes = match way {
        "B" | "b" => from_base64(letters.as_bytes()),
        "Q" | "q" => from_quoted(letters.replace('_', " ").as_bytes()),
        _ => return None,
    };
    let charset = charset.split('*').next();
    Some((encoding::named(&bytes, charset), text.len() - after.len()))
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn a_message_is_read_with_what_is_attached() {
        let mail = "From: =?utf-8?B?TWFyaWE=?= =?iso-8859-2?Q?_Dvo=F8=E1kov=E1?= <maria@example.org>\r\n\
            Subject: a\r\n very long one\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\nignored\r\n--b\r\n\
            Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nM=FCller, ge=\r\nboren\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--c--\r\n\
            --b\r\nContent-Type: image/png; name=x.png\r\nContent-Disposition: attachment\r\n\
            Content-Transfer-Encoding: base64\r\n\r\niVBO\r\nRw==\r\n--b--\r\n";
        let content = message(mail.as_bytes());
        assert_eq!(
            content.text,
            "From:\tMaria Dvořáková <maria@example.org>\nSubject:\ta very long one\n\nMüller, geboren\n"
        );
        assert_eq!(content.inner, [b"\x89PNG".to_vec()]);
    }

    #[test]
    fn broken_messages_give_what_they_have() {
        assert_eq!(message(b"Subject: x").text, "Subject:\tx\n\n\n");
        let endless = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(500);
        assert!(message(endless.as_bytes()).inner.is_empty());
    }
}
