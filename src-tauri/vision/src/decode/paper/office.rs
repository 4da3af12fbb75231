//! Word and PowerPoint documents (ECMA-376): what is written in them and the pictures they show.

use super::{
    Content, numbered, pictures,
    xml::{self, Node},
};
use crate::decode::archive::{Archive, Budget};

/// A Word document: its headers, its text, its notes and its footers.
pub(super) fn letter(mut archive: Archive<'_>, budget: &mut Budget) -> Option<Content> {
    let mut text = String::new();
    let mut parts = numbered(&archive, "word/header");
    parts.push("word/document.xml".to_owned());
    parts.push("word/footnotes.xml".to_owned());
    parts.extend(numbered(&archive, "word/footer"));
    for part in parts {
        match archive.text(&part, budget) {
            Some(xml) => text.push_str(&written(&xml, "w:")),
            None if part == "word/document.xml" => return None,
            None => {}
        }
    }
    Some(Content {
        text,
        inner: pictures(&mut archive, &["word/media/"], budget),
        problems: Vec::new(),
    })
}

/// A presentation: slide by slide, each with its notes.
pub(super) fn slides(mut archive: Archive<'_>, budget: &mut Budget) -> Option<Content> {
    archive.text("ppt/presentation.xml", budget)?;
    let mut text = String::new();
    for slide in numbered(&archive, "ppt/slides/slide") {
        if let Some(xml) = archive.text(&slide, budget) {
            text.push_str(&written(&xml, "a:"));
            text.push('\n');
        }
    }
    for notes in numbered(&archive, "ppt/notesSlides/notesSlide") {
        if let Some(xml) = archive.text(&notes, budget) {
            text.push_str(&written(&xml, "a:"));
        }
    }
    Some(Content {
        text,
        inner: pictures(&mut archive, &["ppt/media/"], budget),
        problems: Vec::new(),
    })
}

/// What is written in a part: paragraphs are lines, rows of tables have tabs between their cells.
/// Deleted text and the instructions of fields are no text.
fn written(xml: &str, prefix: &str) -> String {
    let mut text = String::new();
    let mut in_text = false;
    // Tables in cells of tables are cells with several lines.
    let mut cells = 0_u32;
    let mut begins_row = false;
    xml::visit(xml, |node| match node {
        Node::Start(element) => {
            let Some(name) = element.name().strip_prefix(prefix) else {
                return;
            };
            match name {
                "t" => in_text = true,
                "tab" | "ptab" => text.push(if cells > 0 { ' ' } else { '\t' }),
                "br" | "cr" => text.push(if cells > 0 { ' ' } else { '\n' }),
                "noBreakHyphen" => text.push('-'),
                "sym" => text.push(' '),
                "tr" => begins_row = true,
                "tc" => {
                    if cells == 0 && !begins_row {
                        text.push('\t');
                    }
                    begins_row = false;
                    cells += 1;
                }
                _ => {}
            }
        }
        Node::End(name) => match name.strip_prefix(prefix) {
            Some("t") => in_text = false,
            Some("p") => text.push(if cells > 0 { ' ' } else { '\n' }),
            Some("tc") => cells = cells.saturating_sub(1),
            Some("tr") if cells == 0 => text.push('\n'),
            _ => {}
        },
        Node::Text(part) if in_text => text.push_str(&part),
        Node::Text(_) => {}
    });
    text
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn paragraphs_are_lines_and_cells_are_parted_by_tabs() {
        let xml = "<w:document><w:p><w:r><w:t>Łucja &amp; Øyvind</w:t></w:r><w:r><w:tab/><w:t>x</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc>\
            <w:tc><w:p><w:r><w:t>Иван</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
            <w:p><w:r><w:delText>gone</w:delText><w:instrText>PAGE</w:instrText></w:r></w:p></w:document>";
        assert_eq!(written(xml, "w:"), "Łucja & Øyvind\tx\nName \tИван \n\n");
    }
}
