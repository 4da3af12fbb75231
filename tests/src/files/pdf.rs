//! PDFs, written by hand: whole ones, and such as nobody should send.

use std::io::Write as _;

/// An A4 page in points.
const A4: (u32, u32) = (595, 842);

/// A PDF in the making: objects by number, from 1.
#[derive(Default)]
pub(super) struct Pdf {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// Entries of the catalogue beside the pages.
    catalogue: String,
}

impl Pdf {
    /// An empty file. The catalogue, the list of pages and the one face come first.
    pub(super) fn new() -> Self {
        let mut pdf = Self::default();
        pdf.objects.resize(2, Vec::new());
        pdf.object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        pdf
    }

    /// Adds an object, and says its number.
    pub(super) fn object(&mut self, content: impl Into<Vec<u8>>) -> usize {
        self.objects.push(content.into());
        self.objects.len()
    }

    /// How many objects there are.
    pub(super) fn objects_so_far(&self) -> usize {
        self.objects.len()
    }

    /// Adds a stream.
    pub(super) fn stream(&mut self, entries: &str, content: &[u8]) -> usize {
        let mut object = format!("<<{entries}/Length {}>>\nstream\n", content.len()).into_bytes();
        object.extend(content);
        object.extend(b"\nendstream");
        self.object(object)
    }

    /// Adds a page of a size in points, with what it uses beside the face, and its content.
    pub(super) fn page_of(&mut self, size: (u32, u32), uses: &str, content: usize) {
        let (width, height) = size;
        let page = self.object(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Resources<</Font<</F 3 0 R>>{uses}>>/Contents {content} 0 R>>"
        ));
        self.pages.push(page);
    }

    /// Adds an A4 page with lines of text.
    pub(super) fn text(&mut self, lines: &[String]) {
        let content = self.stream("", &text(lines));
        self.page_of(A4, "", content);
    }

    /// Adds an A4 page with a JPEG across it, a share of the page high, and content drawn before and after.
    pub(super) fn picture(
        &mut self,
        jpeg: &[u8],
        (width, height): (u32, u32),
        before: &[u8],
        after: &[u8],
    ) {
        let entries = format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        );
        let image = self.stream(&entries, jpeg);
        let (across, down) = (500.0, 500.0 * f64::from(height) / f64::from(width));
        let mut content = before.to_vec();
        write!(
            content,
            "\nq {across} 0 0 {down} 48 {} cm /I Do Q\n",
            600.0 - down
        )
        .expect("memory does not refuse to be written");
        content.extend(after);
        let content = self.stream("", &content);
        self.page_of(A4, &format!("/XObject<</I {image} 0 R>>"), content);
    }

    /// Adds entries to the catalogue.
    pub(super) fn catalogue(&mut self, entries: &str) {
        self.catalogue.push_str(entries);
    }

    /// The bytes of the file.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        self.objects[0] = format!("<</Type/Catalog/Pages 2 0 R{}>>", self.catalogue).into_bytes();
        let kids: Vec<String> = self
            .pages
            .iter()
            .map(|page| format!("{page} 0 R"))
            .collect();
        self.objects[1] = format!(
            "<</Type/Pages/Count {}/Kids[{}]>>",
            kids.len(),
            kids.join(" ")
        )
        .into_bytes();
        let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut places = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            places.push(file.len());
            file.extend(format!("{} 0 obj\n", index + 1).bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let table = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
        for place in &places {
            file.extend(format!("{place:010} 00000 n \n").bytes());
        }
        file.extend(
            format!(
                "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n",
                places.len() + 1
            )
            .bytes(),
        );
        file
    }
}

/// Instructions that set lines of text.
pub(super) fn text(lines: &[String]) -> Vec<u8> {
    let mut content = b"BT /F 14 Tf 60 760 Td 22 TL\n".to_vec();
    for line in lines {
        content.push(b'(');
        for letter in line.chars() {
            match letter {
                '(' | ')' | '\\' => content.extend([b'\\', letter as u8]),
                // The letters of Latin-1 are the same in the face's encoding.
                letter => content.push(u8::try_from(u32::from(letter)).unwrap_or(b'?')),
            }
        }
        content.extend(b") Tj T*\n");
    }
    content.extend(b"ET\n");
    content
}
