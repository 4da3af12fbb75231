//! What a reader outside of this machine said of a document.

use serde::{Deserialize, Serialize};

use crate::{FieldName, Personal, Problem};

/// One value that a reader outside gave, in a form that its field can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideClaim {
    /// The field.
    pub field: FieldName,
    /// The value in the form of the record.
    pub value: Personal,
    /// As it was answered.
    pub text: Personal,
}

/// What a reader outside answered, kept with the reading so that reading again asks nobody again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideAnswer {
    /// The name it was set up under.
    pub reader: String,
    /// The host that was asked, and the model where there is one.
    pub source: String,
    /// Id and version of the type whose fields were asked for.
    pub definition: String,
    /// What it said.
    pub claims: Vec<OutsideClaim>,
    /// Why it said nothing, or what is doubtful about what it said; a person looks then.
    pub problems: Vec<Problem>,
}
