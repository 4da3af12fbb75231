//! Words on A4 pages, as PDF with the font inside, so that it reads the same everywhere.

use std::{collections::BTreeMap, io::Write as _};

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};

use super::{
    arabic,
    face::{self, Type},
};

// A4 in points, and what stays empty around the text.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;

/// Where values begin beside their labels.
const VALUES: f32 = 190.0;

const PLAIN: f32 = 9.0;
const HEADING: f32 = 12.0;
const TITLE: f32 = 18.0;

/// From one line to the next, as a part of the size.
const LEADING: f32 = 1.45;

const FONT: Name<'static> = Name(b"F");
const FONT_NAME: Name<'static> = Name(b"LECTRN+DejaVuSans");

const SYSTEM: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// Pages that are being written.
pub(super) struct Paper {
    title: String,
    face: Type,
    /// Glyphs that were used and what each stands for.
    used: BTreeMap<u16, char>,
    done: Vec<Content>,
    page: Content,
    /// Where the next line stands, from below.
    at: f32,
}

impl Paper {
    /// The first page, with its title.
    pub(super) fn new(title: &str) -> Self {
        let mut paper = Self {
            title: title.to_owned(),
            face: Type::load(),
            used: BTreeMap::new(),
            done: Vec::new(),
            page: Content::new(),
            at: HEIGHT - MARGIN - TITLE,
        };
        paper.line(MARGIN, title, TITLE);
        paper.advance(TITLE);
        paper
    }

    /// A line that begins a part.
    pub(super) fn heading(&mut self, text: &str) {
        self.at -= HEADING;
        // Not at the foot of a page, without a line below it.
        self.make_room(3.0 * HEADING);
        self.line(MARGIN, text, HEADING);
        self.advance(HEADING);
    }

    /// A paragraph.
    pub(super) fn text(&mut self, text: &str) {
        for line in self.broken(text, WIDTH - 2.0 * MARGIN) {
            self.make_room(PLAIN);
            self.line(MARGIN, &line, PLAIN);
            self.advance(PLAIN);
        }
    }

    /// A label and its value.
    pub(super) fn pair(&mut self, label: &str, value: &str) {
        let labels = self.broken(label, VALUES - MARGIN - PLAIN);
        let values = self.broken(value, WIDTH - MARGIN - VALUES);
        for number in 0..labels.len().max(values.len()) {
            self.make_room(PLAIN);
            if let Some(label) = labels.get(number) {
                self.line(MARGIN, label, PLAIN);
            }
            if let Some(value) = values.get(number) {
                self.line(VALUES, value, PLAIN);
            }
            self.advance(PLAIN);
        }
    }

    /// The whole file.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.done.push(self.page);
        let mut pdf = Pdf::new();
        let mut next = 1;
        let mut reference = || {
            next += 1;
            Ref::new(next)
        };
        let (catalog, tree, font) = (Ref::new(1), reference(), reference());
        pdf.catalog(catalog).pages(tree).lang(TextStr("en"));
        pdf.document_info(reference()).title(TextStr(&self.title));
        let pages: Vec<(Ref, Ref)> = self
            .done
            .iter()
            .map(|_| (reference(), reference()))
            .collect();
        let kids = pages.iter().map(|(page, _)| *page);
        pdf.pages(tree)
            .kids(kids)
            .count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
        for (content, (page, stream)) in self.done.into_iter().zip(&pages) {
            let mut sheet = pdf.page(*page);
            sheet.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT));
            sheet.parent(tree).contents(*stream);
            sheet.resources().fonts().pair(FONT, font);
            sheet.finish();
            let packed = deflated(content.finish().as_slice());
            pdf.stream(*stream, &packed).filter(Filter::FlateDecode);
        }
        let parts = [reference(), reference(), reference(), reference()];
        embed(&mut pdf, font, parts, &self.face, &self.used);
        pdf.finish()
    }

    /// Goes on to the next page unless there is room for a line of this size.
    fn make_room(&mut self, size: f32) {
        if self.at - size < MARGIN {
            let full = std::mem::replace(&mut self.page, Content::new());
            self.done.push(full);
            self.at = HEIGHT - MARGIN - PLAIN;
        }
    }

    fn advance(&mut self, size: f32) {
        self.at -= size * LEADING;
    }

    /// Sets one line from a place to the right.
    fn line(&mut self, left: f32, text: &str, size: f32) {
        let mut glyphs = Vec::new();
        for letter in text.chars() {
            let (glyph, stands_for) = self.face.glyph(letter);
            self.used.insert(glyph, stands_for);
            glyphs.extend(glyph.to_be_bytes());
        }
        self.page.begin_text();
        self.page.set_font(FONT, size);
        self.page.next_line(left, self.at);
        self.page.show(Str(&glyphs));
        self.page.end_text();
    }

    /// A text in lines that are no wider than this, in the order in which their glyphs stand.
    fn broken(&self, text: &str, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.face.width(&longer, PLAIN) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            // A word that is wider than a line is cut where it has to be.
            for letter in word.chars() {
                line.push(letter);
                if self.face.width(&line, PLAIN) > width && line.chars().count() > 1 {
                    let last = line.pop();
                    lines.push(std::mem::take(&mut line));
                    line.extend(last);
                }
            }
        }
        lines.push(line);
        lines.iter().map(|line| arabic::shape(line)).collect()
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let _ = packed.write_all(bytes);
    packed.finish().unwrap_or_default()
}

/// Puts the font into the file, with what each of its glyphs stands for, so that text can be copied out.
fn embed(
    pdf: &mut Pdf,
    font: Ref,
    [descendant, descriptor, file, unicode]: [Ref; 4],
    face: &Type,
    used: &BTreeMap<u16, char>,
) {
    pdf.type0_font(font)
        .base_font(FONT_NAME)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(unicode);
    let mut described = pdf.cid_font(descendant);
    described
        .subtype(CidFontType::Type2)
        .base_font(FONT_NAME)
        .system_info(SYSTEM)
        .font_descriptor(descriptor)
        .default_width(0.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let widths = (0..face.glyphs()).map(|glyph| face.advance(glyph));
    described.widths().consecutive(0, widths);
    described.finish();
    let (ascent, descent, [left, bottom, right, top]) = face.measures();
    pdf.font_descriptor(descriptor)
        .name(FONT_NAME)
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(left, bottom, right, top))
        .italic_angle(0.0)
        .ascent(ascent)
        .descent(descent)
        .cap_height(ascent)
        .stem_v(80.0)
        .font_file2(file);
    let packed = deflated(face::FILE);
    let mut stream = pdf.stream(file, &packed);
    stream.filter(Filter::FlateDecode);
    stream.pair(
        Name(b"Length1"),
        i32::try_from(face::FILE.len()).unwrap_or(i32::MAX),
    );
    stream.finish();
    let mut map = UnicodeCmap::<u16>::new(Name(b"Lectern"), SYSTEM);
    for (glyph, letter) in used {
        map.pair(*glyph, *letter);
    }
    pdf.cmap(unicode, map.finish().as_slice());
}

#[cfg(test)]
mod tests {
    use super::Paper;

    #[test]
    fn long_texts_take_more_lines_and_pages() {
        let mut paper = Paper::new("A title");
        for number in 0..200 {
            paper.pair(&format!("Label {number}"), &"word ".repeat(40));
            paper.text(&"W".repeat(400));
        }
        paper.heading("العربية, Łódź, Ελλάδα, Україна, 漢字");
        let pages = paper.done.len() + 1;
        let bytes = paper.finish();
        assert!(bytes.starts_with(b"%PDF-") && pages > 10, "{pages} pages");
        assert!(bytes.ends_with(b"%%EOF"), "it is whole");
    }
}
