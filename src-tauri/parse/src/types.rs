//! The document types that are built in, and the reading of definitions that people write.
//!
//! One TOML file a type under `types/`, and two tables that all types share: `labels.toml`, what
//! fields are called in the languages of documents, and `states.toml`, what states call themselves and
//! their people. What a definition means is `model::definition`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use model::TypeDefinition;
use model::definition::LayoutBox;

use crate::error::DefinitionError;

/// Every built-in type, written out.
const SOURCES: &[(&str, &str)] = &[
    ("passport", include_str!("types/passport.toml")),
    (
        "travel_document",
        include_str!("types/travel_document.toml"),
    ),
    ("visa", include_str!("types/visa.toml")),
    ("id_card", include_str!("types/id_card.toml")),
    (
        "fr_id_card_1988",
        include_str!("types/fr_id_card_1988.toml"),
    ),
    (
        "fr_id_card_2021",
        include_str!("types/fr_id_card_2021.toml"),
    ),
    ("de_id_card", include_str!("types/de_id_card.toml")),
    ("es_id_card", include_str!("types/es_id_card.toml")),
    ("it_id_card", include_str!("types/it_id_card.toml")),
    ("be_id_card", include_str!("types/be_id_card.toml")),
    ("nl_id_card", include_str!("types/nl_id_card.toml")),
    ("pt_id_card", include_str!("types/pt_id_card.toml")),
    ("ro_id_card", include_str!("types/ro_id_card.toml")),
    ("tn_id_card", include_str!("types/tn_id_card.toml")),
    (
        "residence_permit",
        include_str!("types/residence_permit.toml"),
    ),
    (
        "eu_driving_licence",
        include_str!("types/eu_driving_licence.toml"),
    ),
    (
        "us_driving_licence",
        include_str!("types/us_driving_licence.toml"),
    ),
    ("us_id_card", include_str!("types/us_id_card.toml")),
    (
        "ca_driving_licence",
        include_str!("types/ca_driving_licence.toml"),
    ),
    (
        "fr_vehicle_registration",
        include_str!("types/fr_vehicle_registration.toml"),
    ),
    (
        "tn_vehicle_registration",
        include_str!("types/tn_vehicle_registration.toml"),
    ),
    ("other_document", include_str!("types/other_document.toml")),
];

static BUILT_IN: LazyLock<Vec<TypeDefinition>> = LazyLock::new(|| {
    let parsed = SOURCES.iter().filter_map(|(_, source)| parse(source).ok());
    parsed.collect()
});

/// Labels of fields that documents of all types share: field, language (ISO 639-1), labels.
static LABELS: LazyLock<BTreeMap<String, BTreeMap<String, Vec<String>>>> =
    LazyLock::new(|| toml::from_str(include_str!("types/labels.toml")).unwrap_or_default());

/// A state, as documents name it.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct State {
    /// Distinguishing sign of its vehicles, where it has one.
    pub sign: Option<String>,
    /// What it is called.
    pub names: Vec<String>,
    /// What its people are called.
    pub people: Vec<String>,
}

static STATES: LazyLock<BTreeMap<String, State>> =
    LazyLock::new(|| toml::from_str(include_str!("types/states.toml")).unwrap_or_default());

/// States by ICAO code.
pub fn states() -> &'static BTreeMap<String, State> {
    &STATES
}

/// The document types that come with the program.
pub fn built_in() -> &'static [TypeDefinition] {
    &BUILT_IN
}

/// The labels that documents of all types share: the name of the list and a label of it, in all
/// languages.
pub fn shared_labels() -> impl Iterator<Item = (&'static str, &'static str)> {
    LABELS.iter().flat_map(|(list, languages)| {
        let labels = languages.values().flatten();
        labels.map(move |label| (list.as_str(), label.as_str()))
    })
}

/// Reads a definition and refuses one that contradicts itself.
///
/// # Errors
///
/// [`DefinitionError`] says in one sentence what is wrong, and where the text is no TOML also at which line.
pub fn parse(toml: &str) -> Result<TypeDefinition, DefinitionError> {
    let definition: TypeDefinition =
        toml::from_str(toml).map_err(|error| DefinitionError::Unreadable(Box::new(error)))?;
    check(&definition)?;
    Ok(definition)
}

fn check(definition: &TypeDefinition) -> Result<(), DefinitionError> {
    let plain = |text: &str, capitals: bool| {
        let fits = |one: char| one.is_ascii_digit() || one.is_ascii_lowercase() || one == '_';
        !text.is_empty()
            && text
                .chars()
                .all(|one| fits(one) || capitals && one.is_ascii_uppercase())
    };
    if !plain(&definition.id, false) {
        return Err(DefinitionError::Id(definition.id.clone()));
    }
    if definition.fields.is_empty() {
        return Err(DefinitionError::NoField(definition.id.clone()));
    }
    for country in &definition.countries {
        let (state, _) = country.split_once('-').unwrap_or((country, ""));
        if crate::country::name(state).is_none() {
            return Err(DefinitionError::Country(country.clone()));
        }
    }
    let recognise = &definition.recognise;
    for clue in recognise.titles.iter().chain(&recognise.keywords) {
        if clue.text.trim().is_empty() || !(-1.0..=1.0).contains(&clue.weight) {
            return Err(DefinitionError::Weight(clue.text.clone()));
        }
    }
    let mut names = HashSet::new();
    for field in &definition.fields {
        let name = field.name.as_str();
        if !plain(name, true) {
            return Err(DefinitionError::FieldName(name.to_owned()));
        }
        if !names.insert(name) {
            return Err(DefinitionError::FieldTwice(name.to_owned()));
        }
        let unknown = |label: &str| DefinitionError::Label {
            field: name.to_owned(),
            label: label.to_owned(),
        };
        if let Some(label) = field
            .labels
            .values()
            .flatten()
            .find(|label| label.trim().is_empty())
        {
            return Err(unknown(label));
        }
        let named = field.shared_labels.iter().flatten();
        if let Some(list) = named
            .into_iter()
            .find(|list| !LABELS.contains_key(list.as_str()))
        {
            return Err(unknown(list));
        }
        if !field.boxes.iter().all(lies_within) {
            return Err(DefinitionError::LayoutBox(name.to_owned()));
        }
    }
    let follows = definition
        .fields
        .iter()
        .filter_map(|field| field.follows.as_ref());
    let agree = definition.pairing.iter().flat_map(|pairing| &pairing.agree);
    for name in follows.chain(agree) {
        if !names.contains(name.as_str()) {
            return Err(DefinitionError::UnknownField(name.as_str().to_owned()));
        }
    }
    Ok(())
}

fn lies_within(place: &LayoutBox) -> bool {
    0.0 <= place.left
        && place.left < place.right
        && place.right <= 1.0
        && 0.0 <= place.top
        && place.top < place.bottom
        && place.bottom <= 1.0
}

#[cfg(test)]
mod tests {
    use super::{LABELS, SOURCES, built_in, parse, states};

    #[test]
    fn every_built_in_definition_can_be_used() {
        for (id, source) in SOURCES {
            match parse(source) {
                Ok(definition) => assert_eq!(definition.id, *id),
                Err(error) => panic!("{id}: {error}"),
            }
        }
        assert_eq!(built_in().len(), SOURCES.len());
        assert!(
            states()
                .keys()
                .all(|code| crate::country::name(code).is_some())
        );
        assert!(states().len() > 80);
        let source = include_str!("types/labels.toml");
        assert!(
            toml::from_str::<toml::Table>(source).is_ok_and(|table| table.len() == LABELS.len())
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let head = "id = 'x'\nkind = 'other_id'\nnames = { en = 'a', fr = 'b', ar = 'c' }\n";
        let field = "[[fields]]\nname = 'surname'\n";
        for (text, code) in [
            ("id = ", "definition_unreadable"),
            (
                &format!("{head}colour = 'red'\n{field}"),
                "definition_unreadable",
            ),
            (&format!("{head}fields = []"), "definition_no_field"),
            (&format!("{head}{field}{field}"), "definition_field_twice"),
            (
                &format!("{}{field}", head.replace("'x'", "'X y'")),
                "definition_id",
            ),
            (
                &format!("{head}{field}shape = 'colour of the eyes'"),
                "definition_unreadable",
            ),
            (
                &format!("{head}{field}labels.en = ['']"),
                "definition_label",
            ),
            (
                &format!("{head}{field}shared_labels = ['nothing']"),
                "definition_label",
            ),
            (
                &format!("{head}{field}follows = 'date_of_birth'"),
                "definition_unknown_field",
            ),
            (
                &format!(
                    "{head}{field}boxes = [{{ left = 0.5, top = 0, right = 0.2, bottom = 1 }}]"
                ),
                "definition_layout_box",
            ),
            (
                &format!("{head}countries = ['Mars']\n{field}"),
                "definition_country",
            ),
            (
                &format!("{head}recognise.titles = [{{ text = 'CARD', weight = 7 }}]\n{field}"),
                "definition_weight",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err().code(), code, "{text}");
        }
        assert!(parse(&format!("{head}countries = ['USA-*', 'D']\n{field}")).is_ok());
    }
}
