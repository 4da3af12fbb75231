//! Excel workbooks (ECMA-376 part 1 section 18): the cells of every sheet, dates as dates.

use std::collections::HashMap;

use super::{
    Content, numbered, pictures,
    xml::{self, Node},
};
use crate::decode::archive::{Archive, Budget};

/// A sheet is believed to have so many rows and columns.
const ROWS: usize = 20_000;
const COLUMNS: usize = 200;

/// A workbook.
pub(super) fn workbook(mut archive: Archive<'_>, budget: &mut Budget) -> Option<Content> {
    let book = archive.text("xl/workbook.xml", budget)?;
    let strings = archive.text("xl/sharedStrings.xml", budget);
    let strings = strings.map(|xml| shared(&xml)).unwrap_or_default();
    let styles = archive.text("xl/styles.xml", budget);
    let dates = styles.map(|xml| date_styles(&xml)).unwrap_or_default();
    // Days are counted from the end of 1899, on old Macintoshes from the beginning of 1904.
    let later = book.contains("date1904=\"1\"") || book.contains("date1904=\"true\"");
    let mut text = String::new();
    for name in numbered(&archive, "xl/worksheets/sheet") {
        if let Some(xml) = archive.text(&name, budget) {
            let values = Values {
                strings: &strings,
                dates: &dates,
                later,
            };
            text.push_str(&values.rows(&xml));
            text.push('\n');
        }
    }
    Some(Content {
        text,
        inner: pictures(&mut archive, &["xl/media/"], budget),
        problems: Vec::new(),
    })
}

/// The strings that cells share.
fn shared(xml: &str) -> Vec<String> {
    let mut strings: Vec<String> = Vec::new();
    let (mut in_text, mut phonetic) = (false, false);
    xml::visit(xml, |node| match node {
        Node::Start(element) => match element.name() {
            "si" => strings.push(String::new()),
            "t" => in_text = true,
            "rPh" => phonetic = true,
            _ => {}
        },
        Node::End(name) => match name.as_str() {
            "t" => in_text = false,
            "rPh" => phonetic = false,
            _ => {}
        },
        Node::Text(part) if in_text && !phonetic => {
            if let Some(last) = strings.last_mut() {
                last.push_str(&part);
            }
        }
        Node::Text(_) => {}
    });
    strings
}

/// For each style of cells, whether it shows a date.
fn date_styles(xml: &str) -> Vec<bool> {
    let mut own: HashMap<u32, bool> = HashMap::new();
    let mut styles = Vec::new();
    let mut in_cells = false;
    xml::visit(xml, |node| match node {
        Node::Start(element) => match element.name() {
            "numFmt" => {
                let id = element.attribute("numFmtId").and_then(|id| id.parse().ok());
                if let (Some(id), Some(code)) = (id, element.attribute("formatCode")) {
                    own.insert(id, shows_date(&code));
                }
            }
            "cellXfs" => in_cells = true,
            "xf" if in_cells => {
                let id = element.attribute("numFmtId");
                let id: u32 = id.and_then(|id| id.parse().ok()).unwrap_or(0);
                // Section 18.8.30: 14 to 17 and 22 are dates in the ways of the country.
                let built_in = matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=58);
                styles.push(own.get(&id).copied().unwrap_or(built_in));
            }
            _ => {}
        },
        Node::End(name) if name == "cellXfs" => in_cells = false,
        Node::End(_) | Node::Text(_) => {}
    });
    styles
}

/// Whether a number shown this way is a date: there is a day or a year in the format, outside of quotes
/// and brackets.
fn shows_date(code: &str) -> bool {
    let mut quoted = false;
    let mut bracketed = false;
    code.chars().any(|letter| {
        match letter {
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ => {}
        }
        !quoted && !bracketed && matches!(letter.to_ascii_lowercase(), 'd' | 'y')
    })
}

struct Values<'a> {
    strings: &'a [String],
    dates: &'a [bool],
    later: bool,
}

impl Values<'_> {
    /// The rows of a sheet, cells in their columns.
    fn rows(&self, xml: &str) -> String {
        let mut text = String::new();
        let mut row: Vec<String> = Vec::new();
        let mut count = 0;
        let (mut kind, mut style, mut column) = (String::new(), 0_usize, 0_usize);
        let (mut in_value, mut value) = (false, String::new());
        xml::visit(xml, |node| match node {
            Node::Start(element) => match element.name() {
                "row" => row.clear(),
                "c" => {
                    let place = element.attribute("r");
                    column = place
                        .and_then(|place| column_of(&place))
                        .unwrap_or(row.len());
                    kind = element.attribute("t").unwrap_or_default();
                    let found = element.attribute("s").and_then(|style| style.parse().ok());
                    style = found.unwrap_or(usize::MAX);
                    value.clear();
                }
                "v" | "t" => in_value = true,
                _ => {}
            },
            Node::End(name) => match name.as_str() {
                "v" | "t" => in_value = false,
                "c" if column < COLUMNS => {
                    row.resize(row.len().max(column + 1), String::new());
                    row[column] = self.shown(&kind, style, &value);
                }
                "row" if count < ROWS => {
                    count += 1;
                    text.push_str(row.join("\t").trim_end_matches('\t'));
                    text.push('\n');
                }
                _ => {}
            },
            Node::Text(part) if in_value => value.push_str(&part),
            Node::Text(_) => {}
        });
        text
    }

    /// A value as a person sees it.
    fn shown(&self, kind: &str, style: usize, value: &str) -> String {
        match kind {
            "s" => {
                let index = value.trim().parse::<usize>().ok();
                let found = index.and_then(|index| self.strings.get(index));
                found.cloned().unwrap_or_default()
            }
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "" | "n" if self.dates.get(style).copied().unwrap_or(false) => {
                let number = value.trim().parse::<f64>().ok();
                let date = number.and_then(|number| date(number, self.later));
                date.unwrap_or_else(|| value.to_owned())
            }
            _ => value.to_owned(),
        }
    }
}

/// The column of a place such as `AB12`, counted from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_usize;
    for letter in letters {
        let digit = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    column.checked_sub(1)
}

/// The day of a number, ISO 8601. Before March 1900 Excel counts a day that never was.
fn date(number: f64, later: bool) -> Option<String> {
    if !(1.0..2_958_466.0).contains(&number) {
        return None;
    }
    let day = number.floor() as i64;
    // Days since 1970-01-01.
    let day = if later {
        day - 24_107
    } else if day >= 61 {
        day - 25_569
    } else {
        day - 25_568
    };
    let (year, month, day) = civil(day);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Year, month and day of a number of days since 1970-01-01 (Howard Hinnant, `civil_from_days`).
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{Values, column_of, date, shows_date};

    #[test]
    fn numbers_are_dates_where_the_style_says_so() {
        assert_eq!(date(27_253.0, false).as_deref(), Some("1974-08-12"));
        assert_eq!(date(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(date(0.0, false), None);
        assert!(
            shows_date("dd\\.mm\\.yyyy") && !shows_date("0.00 \"days\"") && !shows_date("[Red]0")
        );
    }

    #[test]
    fn cells_stand_in_their_columns() {
        assert_eq!(column_of("AB12"), Some(27));
        let values = Values {
            strings: &["Иван".to_owned()],
            dates: &[false, true],
            later: false,
        };
        let xml = "<sheetData><row><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"D1\" s=\"1\"><v>27253</v></c></row>\
            <row><c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>";
        assert_eq!(values.rows(xml), "\tИван\t\t1974-08-12\nx\n");
    }
}
