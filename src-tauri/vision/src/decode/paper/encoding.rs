//! Bytes of text to text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text in UTF-8 or UTF-16, or else in the code page of Western Windows.
pub(in crate::decode) fn text(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// Text in a named encoding; as [`text`] where the name is not known.
pub(super) fn named(bytes: &[u8], label: Option<&str>) -> String {
    match label.and_then(|label| Encoding::for_label(label.trim().as_bytes())) {
        // Much that calls itself ASCII or Latin-1 is UTF-8 all the same.
        Some(encoding) if encoding != WINDOWS_1252 => encoding.decode(bytes).0.into_owned(),
        _ => text(bytes),
    }
}

/// The text of an XML file: UTF-8 or UTF-16, as almost every one is, or what its first line names.
pub(in crate::decode) fn xml(bytes: &[u8]) -> String {
    if Encoding::for_bom(bytes).is_some() {
        return text(bytes);
    }
    if bytes.starts_with(b"<\0") {
        return UTF_16LE.decode(bytes).0.into_owned();
    }
    if bytes.starts_with(b"\0<") {
        return UTF_16BE.decode(bytes).0.into_owned();
    }
    let head = beginning(bytes, 200);
    named_in(bytes, &head, "encoding=")
}

/// The text of a web page: what its first lines name, or as [`text`].
pub(super) fn html(bytes: &[u8]) -> String {
    if Encoding::for_bom(bytes).is_some() {
        return text(bytes);
    }
    let head = beginning(bytes, 2048).to_ascii_lowercase();
    named_in(bytes, &head, "charset=")
}

/// The first letters of a file, where nothing but ASCII matters.
fn beginning(bytes: &[u8], length: usize) -> String {
    let head = &bytes[..bytes.len().min(length)];
    head.iter().copied().map(char::from).collect()
}

fn named_in(bytes: &[u8], head: &str, mark: &str) -> String {
    let label = head.split_once(mark).map(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'']);
        let end =
            rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_:".contains(letter)));
        &rest[..end.unwrap_or(rest.len())]
    });
    match label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        Some(encoding) if encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE => {
            encoding.decode(bytes).0.into_owned()
        }
        _ => text(bytes),
    }
}

/// The encoding of a Windows code page.
pub(super) fn code_page(number: u32) -> &'static Encoding {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        65001 => "utf-8".to_owned(),
        10000 => "macintosh".to_owned(),
        866 => "ibm866".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}
