//! The certificate of an erasure, as data and as a page to read. It holds no value of the person.

use std::fmt::Write as _;

use model::Timestamp;
use serde::{Deserialize, Serialize};
use store::erasures::Erasure;

use crate::Error;

/// What is written first into every certificate.
pub(super) const FORMAT: &str = "lectern erasure certificate 1";

/// For what the seal is.
pub(super) const SEALED: &str = "certificate";

/// How the checks of the document had ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checks {
    /// Rules that held.
    pub passed: u32,
    /// Rules that were broken.
    pub failed: u32,
    /// Rules for which something was missing.
    pub could_not_run: u32,
}

/// What was destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Destroyed {
    /// Data keys, each the only one of a sealed file.
    pub keys: u32,
    /// Readings.
    pub readings: u64,
    /// Corrections.
    pub corrections: u64,
}

/// What was erased, when, by whom and why, and what had been checked before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The form of this certificate.
    pub format: String,
    /// Its id.
    pub id: String,
    /// Id of the store.
    pub store: String,
    /// Id of the document.
    pub document: String,
    /// Its family and side.
    pub document_type: Option<String>,
    /// `pictures` or `record`.
    pub erased: String,
    /// When; RFC 3339, as every instant here.
    pub erased_at: String,
    /// Id of the user who did it; none where the program did it by itself.
    pub erased_by: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// When the document was submitted.
    pub submitted_at: String,
    /// When it was settled; none when it never was.
    pub decided_at: Option<String>,
    /// Where it stood.
    pub status: String,
    /// What had read it.
    pub engine: Option<String>,
    /// How its checks had ended.
    pub checks: Checks,
    /// What was destroyed.
    pub destroyed: Destroyed,
    /// Number of the audit log's entry.
    pub audit_entry: u64,
    /// Hash of that entry.
    pub audit_hash: String,
}

/// A certificate with its seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The certificate.
    pub certificate: Certificate,
    /// Its seal under the key of the audit; hexadecimal.
    pub seal: String,
}

impl Certificate {
    /// As JSON, the text that is sealed.
    pub(super) fn text(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|_| damaged())
    }
}

const fn damaged() -> Error {
    Error::Damaged {
        what: "a certificate",
    }
}

impl TryFrom<Erasure> for Sealed {
    type Error = Error;

    fn try_from(row: Erasure) -> Result<Self, Error> {
        Ok(Self {
            certificate: serde_json::from_str(&row.certificate).map_err(|_| damaged())?,
            seal: row.seal,
        })
    }
}

impl Sealed {
    /// From JSON, as it was printed.
    pub fn parse(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|_| Error::CertificateUnreadable)
    }

    /// As a page to read and to file.
    pub fn page(&self) -> String {
        let Certificate {
            id,
            store,
            document,
            document_type,
            erased,
            erased_at,
            erased_by,
            reason,
            submitted_at,
            decided_at,
            status,
            engine,
            checks,
            destroyed,
            audit_entry,
            audit_hash,
            ..
        } = &self.certificate;
        let unknown = || "not known".to_owned();
        let what = if erased == "pictures" {
            "The pictures of the document named below were erased. Its record stays."
        } else {
            "Everything that was kept of the document named below was erased: its pictures, what was \
             read from it, what people corrected, and the words by which it could be found."
        };
        let lines = [
            ("Certificate", id.clone()),
            ("Document", document.clone()),
            ("Type", document_type.clone().unwrap_or_else(unknown)),
            ("Submitted", submitted_at.clone()),
            (
                "Decided",
                decided_at.clone().unwrap_or_else(|| "never".to_owned()),
            ),
            ("Stood at", status.replace('_', " ")),
            (
                "Read by",
                engine.clone().unwrap_or_else(|| "nothing".to_owned()),
            ),
            (
                "Checks",
                format!(
                    "{} passed, {} failed, {} could not run",
                    checks.passed, checks.failed, checks.could_not_run
                ),
            ),
            ("Erased", erased_at.clone()),
            (
                "By",
                erased_by
                    .as_ref()
                    .map_or_else(|| "the program".to_owned(), |user| format!("user {user}")),
            ),
            ("Because", reason.clone()),
            (
                "Destroyed",
                format!(
                    "{} data keys, {} readings, {} corrections",
                    destroyed.keys, destroyed.readings, destroyed.corrections
                ),
            ),
            ("Audit entry", format!("{audit_entry}, {audit_hash}")),
            ("Store", store.clone()),
            ("Seal", self.seal.clone()),
        ];
        let mut page = format!("CERTIFICATE OF ERASURE\n\n{what}\n\n");
        for (label, value) in lines {
            // Writing into a text does not fail.
            let _ = writeln!(page, "{label:<12} {value}");
        }
        page.push_str(
            "\nThe sealed files cannot be opened any more, because the only keys to them are destroyed. \
             Backups\nfrom before that instant hold the document until they are no longer kept.\n",
        );
        page
    }
}

/// As RFC 3339 in UTC; a clock beyond its years shows as the epoch.
pub(super) fn instant(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_string()
}
