//! Papers of the folder: what has text, and what has files in it.

use image::ImageFormat;

use super::{Becomes, Holder, archive, base64, folder::Folder, pdf::Pdf};

impl Folder {
    /// Letters and tables.
    pub(super) fn papers(&mut self, holder: &Holder) {
        let text = Becomes::Text(1);
        let (lines, plain) = (&holder.lines, holder.text());
        let [(_, surname), (_, given), (_, number)] = holder.pairs();
        let word = archive::word(lines, "");
        self.add(
            "letter.docx",
            "Word document",
            archive::zip(&[("word/document.xml", word.as_bytes())]),
            text,
        );
        let zone = holder.zone_as(ImageFormat::Png);
        let entries: [(&str, &[u8]); 2] = [
            ("word/document.xml", word.as_bytes()),
            ("word/media/image1.png", &zone),
        ];
        self.add(
            "letter-with-scan.docx",
            "Word document with a scan in it",
            archive::zip(&entries),
            Becomes::Zone(2),
        );
        let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
        let mut growing = lines.clone();
        growing.push("&c;&c;&c;".to_owned());
        let word = archive::word(&growing, bomb);
        self.add(
            "growing.docx",
            "Word document whose words multiply",
            archive::zip(&[("word/document.xml", word.as_bytes())]),
            text,
        );
        self.add(
            "table.xlsx",
            "Excel workbook",
            archive::workbook(&holder.pairs()),
            text,
        );
        self.add(
            "slides.pptx",
            "PowerPoint presentation",
            archive::slides(lines),
            text,
        );
        let paragraphs: Vec<String> = lines
            .iter()
            .map(|line| format!("<text:p>{line}</text:p>"))
            .collect();
        let paragraphs = paragraphs.concat();
        self.add(
            "letter.odt",
            "OpenDocument text",
            archive::open_document("text", &paragraphs),
            text,
        );
        let cell =
            |value: &str| format!("<table:table-cell><text:p>{value}</text:p></table:table-cell>");
        let rows: Vec<String> = holder
            .pairs()
            .iter()
            .map(|(label, value)| {
                format!(
                    "<table:table-row>{}{}</table:table-row>",
                    cell(label),
                    cell(value)
                )
            })
            .collect();
        let rows = rows.concat();
        let table = format!("<table:table>{rows}</table:table>");
        self.add(
            "table.ods",
            "OpenDocument table",
            archive::open_document("spreadsheet", &table),
            text,
        );
        let rtf = format!(
            "{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {}}}",
            lines.join("\\par ")
        );
        self.add("letter.rtf", "RTF document", rtf, text);
        let page = format!(
            "<!doctype html><html><head><script>document.write('Surname: NOBODY')</script></head><body><p>{}</p></body></html>",
            lines.join("</p><p>")
        );
        self.add("page.html", "web page with a script", page.clone(), text);
        self.add("book.epub", "EPUB book", archive::book(&page), text);
        let markdown = format!(
            "# Passport\n\n- **Surname:** {surname}\n- **Given names:** {given}\n- **Passport No.:** {number}\n"
        );
        self.add("notes.md", "Markdown", markdown, text);
        self.add(
            "table.csv",
            "separated values",
            format!("Surname;Given names;Passport No.\n{surname};{given};{number}\n"),
            text,
        );
        self.add("letter.txt", "plain text", plain.clone(), text);
        let wide: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.add(
            "letter-utf16.txt",
            "plain text in UTF-16",
            [vec![0xff, 0xfe], wide].concat(),
            text,
        );
        let old = [plain.as_bytes(), b"Wohnort: K\xf6ln, Stra\xdfe 1\n"].concat();
        self.add("letter-1252.txt", "plain text in a code page", old, text);
    }

    /// E-mails and archives.
    pub(super) fn containers(&mut self, holder: &Holder) {
        let mut pdf = Pdf::new();
        pdf.text(&holder.lines);
        let letter = pdf.bytes();
        let mail = |attached: &str| {
            format!(
                "From: clerk@example.org\r\nTo: desk@example.org\r\nSubject: =?utf-8?Q?Pi=C3=A8ce?=\r\nMIME-Version: 1.0\r\n\
                 Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n{attached}--part--\r\n",
                holder.text()
            )
        };
        self.add("message.eml", "e-mail", mail(""), Becomes::Text(1));
        let attached = format!(
            "--part\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(&letter)
        );
        self.add(
            "message-with-pdf.eml",
            "e-mail with a PDF",
            mail(&attached),
            Becomes::Text(2),
        );
        let zone = holder.zone_as(ImageFormat::Png);
        let two: [(&str, &[u8]); 3] = [
            ("a/zone.png", &zone),
            ("a/letter.pdf", &letter),
            ("__MACOSX/a", b"x"),
        ];
        self.add(
            "scans.zip",
            "ZIP of a picture and a PDF",
            archive::zip(&two),
            Becomes::Zone(2),
        );
        let inner = archive::zip(&two);
        let text = holder.text();
        let mixed: [(&str, &[u8]); 3] = [
            ("run.exe", b"MZ\x90\x00\x03\x00"),
            ("inner.zip", &inner),
            ("letter.txt", text.as_bytes()),
        ];
        self.add(
            "mixed.zip",
            "ZIP of a program, a ZIP and a text",
            archive::zip(&mixed),
            Becomes::Zone(3),
        )
        .problem = Some("inner_file_unreadable");
        let mut nested = archive::zip(&[("letter.txt", holder.text().as_bytes())]);
        for _ in 0..12 {
            nested = archive::zip(&[("inner.zip", &nested)]);
        }
        self.add(
            "nested.zip",
            "ZIP in a ZIP, twelve times",
            nested,
            Becomes::Unread("nothing_inside"),
        );
        let zeros = vec![0; 230_000_000];
        self.add(
            "bomb.zip",
            "ZIP that grows a thousandfold",
            archive::zip(&[("a.txt", &zeros)]),
            Becomes::Unread("nothing_inside"),
        );
        self.add(
            "empty.zip",
            "ZIP of nothing",
            archive::zip(&[]),
            Becomes::Unread("file_without_text"),
        );
        let mut damaged = archive::zip(&two);
        damaged.truncate(200);
        self.add(
            "cut.zip",
            "ZIP that breaks off",
            damaged,
            Becomes::Unread("file_damaged"),
        );
    }
}
