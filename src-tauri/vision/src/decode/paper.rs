//! Supporting papers: what letters, tables, presentations, books and e-mails say, and the pictures and
//! files they carry.
//!
//! The text is what counts; how it looked does not. Cells of a row are parted by tabs.

mod book;
pub(super) mod encoding;
mod html;
mod mail;
mod office;
mod open_document;
pub(super) mod plain;
mod rtf;
mod sheet;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use model::Problem;

use super::{
    archive::{Archive, Budget, Refused},
    problem,
};
use crate::error::DecodeError;

/// A kind of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Epub,
    Zip,
    Rtf,
    Html,
    Mail,
    Csv,
    Markdown,
    Plain,
}

impl Kind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Docx => "Word (DOCX)",
            Self::Xlsx => "Excel (XLSX)",
            Self::Pptx => "PowerPoint (PPTX)",
            Self::Odt => "OpenDocument text (ODT)",
            Self::Ods => "OpenDocument table (ODS)",
            Self::Odp => "OpenDocument presentation (ODP)",
            Self::Epub => "EPUB",
            Self::Zip => "ZIP",
            Self::Rtf => "RTF",
            Self::Html => "HTML",
            Self::Mail => "e-mail",
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
            Self::Plain => "text",
        }
    }

    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Epub => "application/epub+zip",
            Self::Zip => "application/zip",
            Self::Rtf => "application/rtf",
            Self::Html => "text/html",
            Self::Mail => "message/rfc822",
            Self::Csv => "text/csv",
            Self::Markdown => "text/markdown",
            Self::Plain => "text/plain",
        }
    }
}

/// What a paper says and carries.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Its text: lines, with tabs between the cells of a row.
    pub(super) text: String,
    /// Files in it, in their order: pictures, attachments, entries of an archive.
    pub(super) inner: Vec<Vec<u8>>,
    /// What was left out.
    pub(super) problems: Vec<Problem>,
}

/// Reads a paper.
pub(super) fn read(bytes: &[u8], kind: Kind, budget: &mut Budget) -> Result<Content, DecodeError> {
    let damaged = DecodeError::DamagedFile {
        format: kind.name(),
    };
    // As with pictures: a panic costs the document and nothing else.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let text = |text: String| Content {
            text,
            ..Content::default()
        };
        match kind {
            Kind::Docx => office::letter(Archive::open(bytes)?, budget),
            Kind::Pptx => office::slides(Archive::open(bytes)?, budget),
            Kind::Xlsx => sheet::workbook(Archive::open(bytes)?, budget),
            Kind::Odt | Kind::Ods | Kind::Odp => {
                open_document::document(Archive::open(bytes)?, budget)
            }
            Kind::Epub => book::chapters(Archive::open(bytes)?, budget),
            Kind::Zip => Some(entries(Archive::open(bytes)?, budget)),
            Kind::Rtf => Some(rtf::document(bytes)),
            Kind::Html => Some(text(html::text(&encoding::html(bytes)))),
            Kind::Mail => Some(mail::message(bytes)),
            Kind::Csv => Some(text(plain::table(&encoding::text(bytes)))),
            Kind::Markdown => Some(text(plain::markdown(&encoding::text(bytes)))),
            Kind::Plain => Some(text(encoding::text(bytes))),
        }
    }));
    read.unwrap_or(None).ok_or(damaged)
}

/// The files of an archive.
fn entries(mut archive: Archive<'_>, budget: &mut Budget) -> Content {
    let mut content = Content::default();
    for (index, name) in archive.names().iter().enumerate() {
        if name.ends_with('/') || is_aside(name) {
            continue;
        }
        match archive.bytes(index, budget) {
            Ok(bytes) => content.inner.push(bytes),
            Err(refused) => content.problems.push(left_out(index, refused)),
        }
        if budget.is_spent() {
            break;
        }
    }
    if archive.has_more() || budget.is_spent() {
        content.problems.push(problem(
            "archive_left_out",
            "The archive holds more than is read: the rest was left out".to_owned(),
        ));
    }
    content
}

/// What systems put into archives for themselves.
fn is_aside(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || last.starts_with('.') || last == "Thumbs.db"
}

/// The problem of an entry; by its number, because names of files may name persons.
fn left_out(index: usize, refused: Refused) -> Problem {
    let (code, why) = match refused {
        Refused::Locked => (
            "entry_locked",
            "it is locked with a password: unpack it and submit what is in it",
        ),
        Refused::TooLarge => ("entry_too_large", "it would grow too large when unpacked"),
        Refused::Damaged => ("entry_unreadable", "it is damaged"),
    };
    problem(
        code,
        format!("File {} of the archive was left out: {why}", index + 1),
    )
}

/// The pictures of a document that is an archive: the entries below one of these folders.
fn pictures(archive: &mut Archive<'_>, folders: &[&str], budget: &mut Budget) -> Vec<Vec<u8>> {
    let names = archive.names();
    let mut wanted: Vec<(usize, &String)> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| folders.iter().any(|folder| name.starts_with(folder)))
        .collect();
    // `image2` stands before `image10`.
    wanted.sort_by_key(|(index, name)| (name.len(), *index));
    wanted
        .into_iter()
        .filter_map(|(index, _)| archive.bytes(index, budget).ok())
        .filter(|bytes| super::is_plain_picture(bytes))
        .collect()
}

/// Names of entries such as `ppt/slides/slide7.xml`, by their number.
fn numbered(archive: &Archive<'_>, before: &str) -> Vec<String> {
    let number = |name: &String| -> Option<u32> {
        name.strip_prefix(before)?
            .strip_suffix(".xml")?
            .parse()
            .ok()
    };
    let mut found: Vec<(u32, String)> = archive
        .names()
        .into_iter()
        .filter_map(|name| Some((number(&name)?, name)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}
