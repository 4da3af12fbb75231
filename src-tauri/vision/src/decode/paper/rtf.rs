//! Rich Text Format 1.9: its text, whatever the encoding of its letters, and its pictures.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::{Content, encoding};

/// Groups within groups: deeper than any writer makes them.
const DEEPEST: usize = 200;

/// Destinations whose content is no text of the document.
const ASIDE: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "object",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "fldinst",
    "filetbl",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "mmathPr",
];

/// What a group inherits from the one around it.
#[derive(Clone, Copy)]
struct State {
    /// Nothing here is shown.
    aside: bool,
    /// In the table of fonts.
    fonts: bool,
    /// In a picture, whose bytes are spelt in hexadecimal digits.
    picture: bool,
    /// How many letters stand in for a `\u` that old readers do not know.
    stand_ins: usize,
    /// The number of the font.
    font: i32,
}

/// A document.
pub(super) fn document(bytes: &[u8]) -> Content {
    let mut reader = Reader {
        bytes,
        at: 0,
        states: Vec::new(),
        state: State {
            aside: false,
            fonts: false,
            picture: false,
            stand_ins: 1,
            font: 0,
        },
        encodings: HashMap::new(),
        usual: encoding_rs::WINDOWS_1252,
        pending: Vec::new(),
        skip: 0,
        surrogate: None,
        digits: Vec::new(),
        pictures: Vec::new(),
        text: String::new(),
    };
    reader.read();
    Content {
        text: reader.text,
        inner: reader.pictures,
        problems: Vec::new(),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    states: Vec<State>,
    state: State,
    /// Encodings by the number of the font.
    encodings: HashMap<i32, &'static Encoding>,
    usual: &'static Encoding,
    /// Bytes of letters that are not decoded yet: two may be one letter.
    pending: Vec<u8>,
    /// Letters that stand in for one that was read.
    skip: usize,
    /// The first half of a letter beyond 65535.
    surrogate: Option<u16>,
    digits: Vec<u8>,
    pictures: Vec<Vec<u8>>,
    text: String,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.states.len() >= DEEPEST {
                        return;
                    }
                    self.states.push(self.state);
                    self.skip = 0;
                }
                b'}' => {
                    self.flush();
                    let was_picture = self.state.picture;
                    self.state = self.states.pop().unwrap_or(self.state);
                    if was_picture && !self.state.picture {
                        self.end_picture();
                    }
                    self.skip = 0;
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.letter(byte),
            }
        }
        self.flush();
    }

    /// A letter as a byte, in the encoding of the font.
    fn letter(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.state.picture {
            if byte.is_ascii_hexdigit() {
                self.digits.push(byte);
            }
        } else if !self.state.aside && !self.state.fonts {
            self.pending.push(byte);
        }
    }

    /// Decodes the letters that wait.
    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let encoding = self.encodings.get(&self.state.font);
            let encoding = encoding.copied().unwrap_or(self.usual);
            self.text
                .push_str(&encoding.decode_without_bom_handling(&self.pending).0);
            self.pending.clear();
        }
    }

    fn push(&mut self, letters: &str) {
        self.flush();
        if !self.state.aside && !self.state.fonts && !self.state.picture {
            self.text.push_str(letters);
        }
    }

    fn control(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else {
            return;
        };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let digits = self.bytes.get(self.at..self.at + 2);
                    let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
                    if let Some(byte) =
                        digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())
                    {
                        self.letter(byte);
                    }
                    self.at = (self.at + 2).min(self.bytes.len());
                }
                // A destination that readers who do not know it skip.
                b'*' => self.state.aside = true,
                b'\\' | b'{' | b'}' => self.letter(first),
                b'~' => self.push("\u{a0}"),
                b'_' => self.push("-"),
                b'\r' | b'\n' => self.push("\n"),
                _ => {}
            }
            return;
        }
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        let letters = self.bytes[from..self.at].iter().copied();
        let word: String = letters.map(char::from).collect();
        let from = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[from..self.at]).ok();
        let number = number.and_then(|digits| digits.parse::<i32>().ok());
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&word, number);
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if word != "u" {
            self.flush();
        }
        match word {
            "u" => {
                let unit = number.unwrap_or(0).rem_euclid(65_536) as u16;
                self.unit(unit);
                self.skip = self.state.stand_ins;
            }
            "uc" => self.state.stand_ins = number.unwrap_or(1).clamp(0, 16) as usize,
            "par" | "line" | "row" | "sect" | "page" => self.push("\n"),
            "tab" | "cell" => self.push("\t"),
            "emdash" => self.push("\u{2014}"),
            "endash" => self.push("\u{2013}"),
            "lquote" => self.push("\u{2018}"),
            "rquote" => self.push("\u{2019}"),
            "ldblquote" => self.push("\u{201c}"),
            "rdblquote" => self.push("\u{201d}"),
            "bullet" => self.push("\u{2022}"),
            "ansicpg" => self.usual = encoding::code_page(number.unwrap_or(1252) as u32),
            "mac" => self.usual = encoding::code_page(10_000),
            "fonttbl" => self.state.fonts = true,
            "f" => self.state.font = number.unwrap_or(0),
            "plain" => self.state.font = 0,
            "fcharset" if self.state.fonts => {
                if let Some(page) = number.and_then(page_of_charset) {
                    self.encodings
                        .insert(self.state.font, encoding::code_page(page));
                }
            }
            // The picture of a shape, which stands in a destination that may be skipped.
            "shppict" => self.state.aside = false,
            "pict" => {
                self.state.picture = !self.state.aside;
                self.digits.clear();
            }
            "bin" => {
                let length = number.unwrap_or(0).max(0) as usize;
                let end = self.at.saturating_add(length).min(self.bytes.len());
                if self.state.picture {
                    let bytes = self.bytes[self.at..end].to_vec();
                    self.pictures.push(bytes);
                }
                self.at = end;
            }
            word if ASIDE.contains(&word) => self.state.aside = true,
            _ => {}
        }
    }

    /// A unit of UTF-16.
    fn unit(&mut self, unit: u16) {
        let high = self.surrogate.take();
        if matches!(unit, 0xd800..=0xdbff) {
            self.surrogate = Some(unit);
            return;
        }
        let units = high.into_iter().chain([unit]);
        let letters: String = char::decode_utf16(units).filter_map(Result::ok).collect();
        self.push(&letters);
    }

    /// The bytes of a picture that was spelt.
    fn end_picture(&mut self) {
        let digit = |byte: u8| (byte as char).to_digit(16).unwrap_or(0) as u8;
        let pairs = self.digits.as_chunks::<2>().0.iter();
        let bytes: Vec<u8> = pairs
            .map(|&[high, low]| digit(high) << 4 | digit(low))
            .collect();
        if crate::decode::is_plain_picture(&bytes) {
            self.pictures.push(bytes);
        }
        self.digits.clear();
    }
}

/// The code page of a character set of Windows fonts.
const fn page_of_charset(charset: i32) -> Option<u32> {
    Some(match charset {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn letters_are_kept_however_they_are_written() {
        let rtf = br"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fcharset238 Arial;}{\f1\fcharset204 Arial;}}{\*\generator x;}\uc1 Jm\'e9no:\tab \u1048?\u1074?\u1072?\u1085?\par\f1 \'c8\'e2\'e0\'ed\f0\line Dvo\'f8\'e1k \u-10179?\u-8704?}";
        assert_eq!(document(rtf).text, "Jméno:\tИван\nИван\nDvořák \u{1f600}");
    }

    #[test]
    fn broken_files_give_what_they_have() {
        assert_eq!(document(b"{\\rtf1 a{b}}}} c\\'4").text, "ab c");
        assert_eq!(document(&b"{".repeat(10_000)).text, "");
    }
}
