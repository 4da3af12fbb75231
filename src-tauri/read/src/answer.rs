//! The answer that `lectern read --json` and `lectern bench` print: one object a document.
//!
//! The keys up to `took_ms` are fixed; more may be added behind them.

use indexmap::IndexMap;
use model::{
    Check, Disagreement, DocumentType, Field, FieldName, MrzFormat, PageFacts, Personal, Problem,
    Reading,
};
use serde::{Deserialize, Serialize};

/// What was read from one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The file as it was named by the caller.
    pub file: Personal,
    /// Family and side, or null.
    pub document_type: Option<DocumentType>,
    /// Issuing state as coded on the document, or null.
    pub issuing_country: Option<String>,
    /// Layout of the machine-readable zone, or null.
    pub mrz_format: Option<MrzFormat>,
    /// Lines of the machine-readable zone, or null.
    pub mrz: Option<Vec<Personal>>,
    /// The fields by name.
    pub fields: IndexMap<FieldName, Field>,
    /// The rules applied.
    pub checks: Vec<Check>,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// Milliseconds from bytes to answer.
    pub took_ms: u64,
    /// The pages; empty where the file could not be decoded.
    pub pages: Vec<PageFacts>,
    /// Id and version of the type definition that was followed, or null.
    #[serde(default)]
    pub definition: Option<String>,
    /// Where the places of the document do not say the very same.
    #[serde(default)]
    pub disagreements: Vec<Disagreement>,
    /// Version of rules and recogniser; empty where the file could not be opened.
    pub engine: String,
}

impl Answer {
    /// The answer for a file that was read.
    pub fn of(file: impl Into<Personal>, reading: Reading, took_ms: u64) -> Self {
        Self {
            file: file.into(),
            document_type: reading.document_type,
            issuing_country: reading.issuing_country,
            mrz_format: reading.mrz_format,
            mrz: reading.mrz,
            fields: reading.fields,
            checks: reading.checks,
            problems: reading.problems,
            took_ms,
            pages: reading.pages,
            definition: reading.definition,
            disagreements: reading.disagreements,
            engine: reading.engine,
        }
    }

    /// The answer for a file that could not even be opened.
    pub fn refused(file: impl Into<Personal>, problem: Problem) -> Self {
        Self {
            file: file.into(),
            document_type: None,
            issuing_country: None,
            mrz_format: None,
            mrz: None,
            fields: IndexMap::new(),
            checks: Vec::new(),
            problems: vec![problem],
            took_ms: 0,
            pages: Vec::new(),
            definition: None,
            disagreements: Vec::new(),
            engine: String::new(),
        }
    }

    /// Whether the file was a picture that could be read, whatever it showed.
    pub fn was_read(&self) -> bool {
        !self.pages.is_empty()
    }
}
