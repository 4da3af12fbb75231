//! What is held to be true of a document: the machine's reading, overlaid with people's corrections.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{
    CorrectionId, DocumentId, DocumentType, Field, FieldName, Outcome, Personal, Reading,
    Timestamp, UserId,
};

/// What a person did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// Looked at the value and found it right.
    Confirmed,
    /// Gave another value.
    Edited,
    /// Said that the document has no such value.
    Cleared,
}

/// One act of a person on one field. Appended, never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// The document.
    pub document: DocumentId,
    /// The field.
    pub field: FieldName,
    /// What was done.
    pub kind: CorrectionKind,
    /// The value that holds from now on; empty when cleared.
    pub value: Personal,
    /// Who did it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// Why a field stands as it does, in the order in which a reviewer should come to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldState {
    /// A rule about it is broken.
    RuleFailed,
    /// The machine is not sure.
    ToCheck,
    /// The machine is sure.
    ConfirmedByRules,
    /// A person confirmed or entered it.
    ConfirmedByPerson,
}

/// One field of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordField {
    /// The value that holds.
    pub value: Personal,
    /// Why it stands as it does.
    pub state: FieldState,
    /// What the machine had read, if anything: evidence, confidence, alternatives.
    pub read: Option<Field>,
    /// The correction that holds, if any.
    pub corrected: Option<Correction>,
}

impl RecordField {
    /// A field of which the machine read nothing.
    const fn without_reading(state: FieldState) -> Self {
        Self {
            value: Personal::empty(),
            state,
            read: None,
            corrected: None,
        }
    }
}

/// The record of a document: one value per field, each with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Family and side.
    pub document_type: Option<DocumentType>,
    /// Issuing state.
    pub issuing_country: Option<String>,
    /// The fields, in reading order; fields that only a person gave come last.
    pub fields: IndexMap<FieldName, RecordField>,
}

impl Record {
    /// Derives the record from the latest reading and every correction, oldest first.
    ///
    /// The last correction of a field wins over any reading, also over one made later: what a
    /// person confirmed is never overwritten by a machine.
    pub fn derive(reading: Option<&Reading>, corrections: &[Correction]) -> Self {
        let mut fields: IndexMap<FieldName, RecordField> = IndexMap::new();
        if let Some(reading) = reading {
            for (name, field) in &reading.fields {
                let rule_failed = reading
                    .checks
                    .iter()
                    .any(|check| check.outcome == Outcome::Failed && check.fields.contains(name));
                let state = if rule_failed {
                    FieldState::RuleFailed
                } else if field.needs_review {
                    FieldState::ToCheck
                } else {
                    FieldState::ConfirmedByRules
                };
                let value = field.value.clone();
                let read = Some(field.clone());
                fields.insert(
                    name.clone(),
                    RecordField {
                        value,
                        state,
                        read,
                        corrected: None,
                    },
                );
            }
            // A broken rule none of whose fields could be read still waits for a person: it stands
            // under the first of them, with no value.
            for check in &reading.checks {
                let unread = check.fields.iter().all(|name| !fields.contains_key(name));
                if let (Outcome::Failed, true, Some(name)) =
                    (check.outcome, unread, check.fields.first())
                {
                    let field = RecordField::without_reading(FieldState::RuleFailed);
                    fields.insert(name.clone(), field);
                }
            }
        }
        for correction in corrections {
            let entry = fields
                .entry(correction.field.clone())
                .or_insert_with(|| RecordField::without_reading(FieldState::ConfirmedByPerson));
            entry.value = correction.value.clone();
            entry.state = FieldState::ConfirmedByPerson;
            entry.corrected = Some(correction.clone());
        }
        Self {
            document_type: reading.and_then(|reading| reading.document_type),
            issuing_country: reading.and_then(|reading| reading.issuing_country.clone()),
            fields,
        }
    }

    /// How many fields still wait for a person.
    pub fn doubtful(&self) -> usize {
        let waits = |field: &&RecordField| {
            matches!(field.state, FieldState::RuleFailed | FieldState::ToCheck)
        };
        self.fields.values().filter(waits).count()
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldState, Record};
    use crate::Reading;

    fn reading(checks: &str) -> Reading {
        let text = format!(
            r#"{{"engine": "1", "day": "2026-01-01", "document_type": "passport", "issuing_country": "UTO",
                "mrz_format": "TD3", "mrz": null, "problems": [], "pages": [], "checks": {checks},
                "fields": {{"sex": {{"value": "F", "confidence": 0.9, "needs_review": false, "evidence": []}}}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_broken_rule_about_an_unread_field_waits_for_a_person() {
        let about_expiry = r#"[{"code": "date_of_expiry_valid", "outcome": "failed", "message": "", "fields":
            ["date_of_expiry"]}]"#;
        let record = Record::derive(Some(&reading(about_expiry)), &[]);
        let states: Vec<_> = record
            .fields
            .iter()
            .map(|(name, field)| (name.as_str(), field.state))
            .collect();
        assert_eq!(
            states,
            [
                ("sex", FieldState::ConfirmedByRules),
                ("date_of_expiry", FieldState::RuleFailed)
            ]
        );
        assert_eq!(record.doubtful(), 1);
    }

    #[test]
    fn a_broken_rule_about_a_read_field_adds_no_other() {
        let about_two = r#"[{"code": "digit", "outcome": "failed", "message": "", "fields":
            ["personal_number", "sex"]}]"#;
        let record = Record::derive(Some(&reading(about_two)), &[]);
        assert_eq!(record.fields.len(), 1);
        assert_eq!(record.doubtful(), 1);
    }
}
