//! The order in which a person reads the fields of a document.

use indexmap::IndexMap;
use model::{Field, FieldName, TypeDefinition};

/// Fields that every family shares, as they follow each other on most documents.
const USUAL: &[&str] = &[
    "surname",
    "given_names",
    "document_number",
    "passport_number",
    "personal_number",
    "nationality",
    "date_of_birth",
    "place_of_birth",
    "sex",
    "height",
    "date_of_issue",
    "date_of_expiry",
    "valid_from",
    "valid_until",
    "authority",
    "licence_categories",
    "address",
];

/// Sorts by the definition where one is followed, else by the usual order; what neither names comes
/// last, in the order of its names.
pub(crate) fn sort(fields: &mut IndexMap<FieldName, Field>, definition: Option<&TypeDefinition>) {
    let place = |name: &FieldName| {
        let usual = || USUAL.iter().position(|usual| *usual == name.as_str());
        let defined = |definition: &TypeDefinition| {
            definition
                .fields
                .iter()
                .position(|field| field.name == *name)
        };
        definition.map_or_else(usual, defined).unwrap_or(usize::MAX)
    };
    fields.sort_by(|one, _, other, _| place(one).cmp(&place(other)).then_with(|| one.cmp(other)));
}
