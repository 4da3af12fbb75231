//! A service that verifies identities, in the plain JSON of `docs/outside.md`.

use indexmap::IndexMap;
use model::Problem;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Address,
    question::{OutsideReader, Question, Request, Said, describe},
    send::Trouble,
};

/// Most warnings that are passed on.
const WARNINGS: usize = 10;

/// Where the service is.
pub(super) struct Verification<'a> {
    pub(super) address: &'a Address,
    /// What people call it.
    pub(super) name: &'a str,
}

impl OutsideReader for Verification<'_> {
    fn request(&self, question: &Question<'_>) -> Request {
        let pages = question.pages.iter();
        let fields: Map<String, Value> = question
            .fields()
            .map(|field| {
                let name = field.name.as_str().to_owned();
                (name, describe(field).into())
            })
            .collect();
        let body = json!({
            "version": 1,
            "document_type": question.definition.kind.as_str(),
            "type": question.definition.id,
            "issuing_country": question.country,
            "fields": fields,
            "pages": pages
                .map(|page| json!({ "media_type": "image/jpeg", "data": page }))
                .collect::<Vec<_>>(),
        });
        Request {
            url: self.address.url(),
            key_header: ("authorization", "Bearer "),
            body: body.to_string().into_bytes(),
        }
    }

    fn understand(&self, body: &[u8], question: &Question<'_>) -> Result<Said, Trouble> {
        let answer: Answer = serde_json::from_slice(body).map_err(|_| Trouble::Nonsense)?;
        let mut said = Said::default();
        for (name, value) in &answer.fields {
            match value {
                Value::Null => {}
                Value::String(value) => question.take(&mut said, name, value),
                Value::Object(parts) => match parts.get("value") {
                    Some(Value::String(value)) => question.take(&mut said, name, value),
                    Some(Value::Null) => {}
                    Some(_) | None => said.left_out += 1,
                },
                Value::Bool(_) | Value::Number(_) | Value::Array(_) => said.left_out += 1,
            }
        }
        let name = self.name;
        // Only a person rejects a document.
        if matches!(answer.decision, Some(Decision::Review | Decision::Reject)) {
            said.doubts.push(Problem {
                code: "outside_doubts".to_owned(),
                message: format!(
                    "The outside reader `{name}` does not accept this document: look at it and decide"
                ),
            });
        }
        let codes = answer.warnings.iter().take(WARNINGS);
        let codes: Vec<&str> = codes
            .map(|warning| warning.code.as_str())
            .filter(|code| is_code(code))
            .collect();
        if !codes.is_empty() {
            let codes = codes.join(", ");
            said.doubts.push(Problem {
                code: "outside_warnings".to_owned(),
                message: format!("The outside reader `{name}` warns of this document: {codes}"),
            });
        }
        Ok(said)
    }
}

/// A warning is passed on by its code only: its words may tell of a person.
fn is_code(text: &str) -> bool {
    let fits = |one: char| one.is_ascii_uppercase() || one.is_ascii_lowercase() || one == '_';
    (1..=60).contains(&text.len()) && text.chars().all(fits)
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    fields: IndexMap<String, Value>,
    #[serde(default)]
    decision: Option<Decision>,
    #[serde(default)]
    warnings: Vec<Warning>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Decision {
    Accept,
    Review,
    Reject,
}

#[derive(Deserialize)]
struct Warning {
    #[serde(default)]
    code: String,
}
