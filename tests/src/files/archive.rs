//! ZIP archives, and the office documents that are archives.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// An archive of files by name.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // The type of an OpenDocument file stands in it as it is.
        let method = if *name == "mimetype" {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level((method == CompressionMethod::Deflated).then_some(1));
        writer
            .start_file(*name, options)
            .and_then(|()| Ok(writer.write_all(bytes)?))
            .expect("memory does not refuse to be written");
    }
    let written = writer.finish();
    written
        .expect("memory does not refuse to be written")
        .into_inner()
}

/// Paragraphs of a Word document, as its main part.
pub(super) fn word(lines: &[String], before: &str) -> String {
    let paragraphs: Vec<String> = lines
        .iter()
        .map(|line| {
            let runs = line.replace('\t', "</w:t><w:tab/><w:t>");
            format!("<w:p><w:r><w:t>{runs}</w:t></w:r></w:p>")
        })
        .collect();
    let paragraphs = paragraphs.concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>{before}<w:document xmlns:w=\"x\"><w:body>{paragraphs}</w:body></w:document>"
    )
}

/// A workbook with one sheet: pairs of a label and a value.
pub(super) fn workbook(pairs: &[(&str, &str)]) -> Vec<u8> {
    let mut strings = String::new();
    let mut rows = String::new();
    for (index, (label, value)) in pairs.iter().enumerate() {
        write!(
            strings,
            "<si><t>{label}</t></si><si><r><t>{value}</t></r></si>"
        )
        .expect("memory does not refuse to be written");
        let row = index + 1;
        write!(rows, "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>{}</v></c><c r=\"B{row}\" t=\"s\"><v>{}</v></c></row>",
            2 * index,
            2 * index + 1).expect("memory does not refuse to be written");
    }
    // A date is a number with a style.
    rows.push_str("<row><c r=\"A9\" t=\"inlineStr\"><is><t>Printed on</t></is></c><c r=\"B9\" s=\"1\"><v>45000</v></c></row>");
    zip(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"a\"/></sheets></workbook>"),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
        (
            "xl/styles.xml",
            b"<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes(),
        ),
    ])
}

/// A presentation with one slide.
pub(super) fn slides(lines: &[String]) -> Vec<u8> {
    let paragraphs: Vec<String> = lines
        .iter()
        .map(|line| format!("<a:p><a:r><a:t>{line}</a:t></a:r></a:p>"))
        .collect();
    let paragraphs = paragraphs.concat();
    let slide = format!("<p:sld xmlns:p=\"p\" xmlns:a=\"a\">{paragraphs}</p:sld>");
    zip(&[
        ("ppt/presentation.xml", b"<p:presentation/>"),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
    ])
}

/// An OpenDocument text or table of a type.
pub(super) fn open_document(kind: &str, body: &str) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    let content = format!(
        "<office:document-content><office:body>{body}</office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", kind.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// A book with one chapter.
pub(super) fn book(page: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", b"application/epub+zip"),
        (
            "META-INF/container.xml",
            b"<container><rootfiles><rootfile full-path=\"OEBPS/a.opf\"/></rootfiles></container>",
        ),
        (
            "OEBPS/a.opf",
            b"<package><manifest><item id=\"one\" href=\"one.xhtml\"/></manifest><spine><itemref idref=\"one\"/></spine></package>",
        ),
        ("OEBPS/one.xhtml", page.as_bytes()),
    ])
}
