//! OpenDocument texts, tables and presentations (ISO/IEC 26300).

use super::{
    Content, pictures,
    xml::{self, Node},
};
use crate::decode::archive::{Archive, Budget};

/// A cell that says it is there a thousand times fills the rest of its row with nothing.
const REPEATED: usize = 20;

/// A document: its text and the pictures it shows.
pub(super) fn document(mut archive: Archive<'_>, budget: &mut Budget) -> Option<Content> {
    let mut text = String::new();
    // Headers and footers are kept with the styles of pages.
    if let Some(xml) = archive.text("styles.xml", budget) {
        text.push_str(&written(&xml, Some("office:master-styles")));
    }
    let xml = archive.text("content.xml", budget)?;
    text.push_str(&written(&xml, None));
    Some(Content {
        text,
        inner: pictures(&mut archive, &["Pictures/", "media/"], budget),
        problems: Vec::new(),
    })
}

/// What is written, in the element of a name or everywhere.
fn written(xml: &str, within: Option<&str>) -> String {
    let mut text = String::new();
    let mut inside = within.is_none();
    let (mut paragraphs, mut cells, mut skipped) = (0_u32, 0_u32, 0_u32);
    let mut begins_row = false;
    let mut repeat = 1;
    let mut cell_from = 0;
    xml::visit(xml, |node| match node {
        Node::Start(element) => match element.name() {
            name if Some(name) == within => inside = true,
            "text:p" | "text:h" => paragraphs += 1,
            "text:tab" => text.push(if cells > 0 { ' ' } else { '\t' }),
            "text:line-break" => text.push(if cells > 0 { ' ' } else { '\n' }),
            "text:s" => text.push(' '),
            "text:tracked-changes" | "office:annotation" => skipped += 1,
            "table:table-row" => begins_row = true,
            "table:table-cell" | "table:covered-table-cell" => {
                if cells == 0 {
                    if !begins_row {
                        text.push('\t');
                    }
                    begins_row = false;
                    let times = element.attribute("table:number-columns-repeated");
                    let times = times.and_then(|times| times.parse().ok()).unwrap_or(1);
                    repeat = usize::min(times, REPEATED);
                    cell_from = text.len();
                }
                cells += 1;
            }
            _ => {}
        },
        Node::End(name) => match name.as_str() {
            name if Some(name) == within => inside = false,
            "text:p" | "text:h" => {
                paragraphs = paragraphs.saturating_sub(1);
                if inside && skipped == 0 {
                    text.push(if cells > 0 { ' ' } else { '\n' });
                }
            }
            "text:tracked-changes" | "office:annotation" => skipped = skipped.saturating_sub(1),
            "table:table-cell" | "table:covered-table-cell" => {
                cells = cells.saturating_sub(1);
                if cells == 0 && text.len() > cell_from {
                    let cell = text[cell_from..].to_owned();
                    for _ in 1..repeat {
                        text.push('\t');
                        text.push_str(&cell);
                    }
                }
            }
            "table:table-row" if cells == 0 => {
                while text.ends_with('\t') {
                    text.pop();
                }
                text.push('\n');
            }
            _ => {}
        },
        Node::Text(part) if inside && paragraphs > 0 && skipped == 0 => text.push_str(&part),
        Node::Text(_) => {}
    });
    text
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn rows_and_paragraphs_are_lines() {
        let xml = "<office:text><text:p>Ahoj<text:tab/>světe<text:s/>!</text:p><table:table><table:table-row>\
            <table:table-cell><text:p>Born</text:p></table:table-cell>\
            <table:table-cell office:date-value=\"1974-08-12\"><text:p>12.08.1974</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row></table:table></office:text>";
        assert_eq!(written(xml, None), "Ahoj\tsvěte !\nBorn \t12.08.1974 \n");
    }
}
