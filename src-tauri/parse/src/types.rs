//! The document types that are built in, and the reading of definitions that people write.
//!
//! One TOML file a type under `types/`, and two tables that all types share: `labels.toml`, what
//! fields are called in the languages of documents, and `states.toml`, what states call themselves and
//! their people. What a definition means is `model::definition`.

mod spot;

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use model::TypeDefinition;
use model::definition::{LayoutBox, Names, Shape};

use self::spot::Step;
use crate::error::{DefinitionError, DefinitionFault as Fault};
use crate::visual::ENOUGH;

/// Longest id and longest name of a field, in characters.
const LONGEST_NAME: usize = 64;

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

/// The text of a built-in type, as it was written.
pub fn built_in_source(id: &str) -> Option<&'static str> {
    let found = SOURCES.iter().find(|(known, _)| *known == id);
    found.map(|(_, source)| *source)
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
/// [`DefinitionError`] says in one sentence what is wrong, and at which line and key.
pub fn parse(toml: &str) -> Result<TypeDefinition, DefinitionError> {
    let definition: TypeDefinition = toml::from_str(toml).map_err(|error| {
        let spot = error.span().map(|span| spot::of_byte(toml, span.start));
        let message = error.message().split_whitespace().collect::<Vec<_>>();
        at(spot, Fault::Unreadable(message.join(" ")))
    })?;
    check(&definition).map_err(|(path, fault)| at(spot::of_path(toml, &path), fault))?;
    Ok(definition)
}

/// Refuses a definition of which no document could ever be.
///
/// # Errors
///
/// [`Fault::NeverRecognised`], where its clues are too few.
pub fn demand_recognisable(definition: &TypeDefinition) -> Result<(), DefinitionError> {
    let recognise = &definition.recognise;
    let clues = recognise.titles.iter().chain(&recognise.keywords);
    let doubt: f32 = clues
        .map(|clue| 1.0 - clue.weight.clamp(0.0, 0.99))
        .product();
    let told = 1.0 - doubt >= ENOUGH
        || recognise.codes_needed.is_some()
        || !recognise.mrz.is_empty()
        || !recognise.barcodes.is_empty();
    if told {
        return Ok(());
    }
    let fault = Fault::NeverRecognised(definition.id.clone());
    Err(DefinitionError {
        line: None,
        key: Some("recognise".to_owned()),
        fault,
    })
}

fn at(spot: Option<spot::Spot>, fault: Fault) -> DefinitionError {
    DefinitionError {
        line: spot.as_ref().map(|spot| spot.line),
        key: spot.map(|spot| spot.key).filter(|key| !key.is_empty()),
        fault,
    }
}

/// What is wrong, and the way to it.
type Wrong<'a> = (Vec<Step<'a>>, Fault);

fn is_plain(text: &str, capitals: bool) -> bool {
    let fits = |one: char| one.is_ascii_digit() || one.is_ascii_lowercase() || one == '_';
    (1..=LONGEST_NAME).contains(&text.len())
        && text
            .chars()
            .all(|one| fits(one) || capitals && one.is_ascii_uppercase())
}

fn is_named(names: &Names) -> bool {
    let all = [&names.en, &names.fr, &names.ar];
    all.iter().all(|name| !name.trim().is_empty())
}

fn check(definition: &TypeDefinition) -> Result<(), Wrong<'_>> {
    if !is_plain(&definition.id, false) {
        return Err((vec![Step::Key("id")], Fault::Id(definition.id.clone())));
    }
    if definition.version == 0 {
        return Err((vec![Step::Key("version")], Fault::Version));
    }
    if !is_named(&definition.names) {
        return Err((vec![Step::Key("names")], Fault::Name));
    }
    if definition.fields.is_empty() {
        let fault = Fault::NoField(definition.id.clone());
        return Err((vec![Step::Key("fields")], fault));
    }
    for (number, country) in definition.countries.iter().enumerate() {
        let (state, _) = country.split_once('-').unwrap_or((country, ""));
        if crate::country::name(state).is_none() {
            let path = vec![Step::Key("countries"), Step::Entry(number)];
            return Err((path, Fault::Country(country.clone())));
        }
    }
    let recognise = &definition.recognise;
    for (list, clues) in [
        ("titles", &recognise.titles),
        ("keywords", &recognise.keywords),
    ] {
        for (number, clue) in clues.iter().enumerate() {
            if clue.text.trim().is_empty() || !(-1.0..=1.0).contains(&clue.weight) {
                let key = Step::Key(if clue.text.trim().is_empty() {
                    "text"
                } else {
                    "weight"
                });
                let path = vec![
                    Step::Key("recognise"),
                    Step::Key(list),
                    Step::Entry(number),
                    key,
                ];
                return Err((path, Fault::Weight(clue.text.clone())));
            }
        }
    }
    check_fields(definition)
}

fn check_fields(definition: &TypeDefinition) -> Result<(), Wrong<'_>> {
    let mut names = HashSet::new();
    for (number, field) in definition.fields.iter().enumerate() {
        let name = field.name.as_str();
        let wrong = |key: &'static str, fault: Fault| {
            let path = vec![Step::Key("fields"), Step::Entry(number), Step::Key(key)];
            Err((path, fault))
        };
        if !is_plain(name, true) {
            return wrong("name", Fault::FieldName(name.to_owned()));
        }
        if !names.insert(name) {
            return wrong("name", Fault::FieldTwice(name.to_owned()));
        }
        if !field.names.as_ref().is_none_or(is_named) {
            return wrong("names", Fault::Name);
        }
        if !has_choice(&field.shape) {
            return wrong("shape", Fault::Shape(name.to_owned()));
        }
        let unknown = |label: &str| Fault::Label {
            field: name.to_owned(),
            label: label.to_owned(),
        };
        let mut labels = field.labels.values().flatten();
        if let Some(label) = labels.find(|label| label.trim().is_empty()) {
            return wrong("labels", unknown(label));
        }
        let mut lists = field.shared_labels.iter().flatten();
        if let Some(list) = lists.find(|list| !LABELS.contains_key(list.as_str())) {
            return wrong("shared_labels", unknown(list));
        }
        if !field.boxes.iter().all(lies_within) {
            return wrong("boxes", Fault::LayoutBox(name.to_owned()));
        }
    }
    for (number, field) in definition.fields.iter().enumerate() {
        if let Some(name) = &field.follows
            && !names.contains(name.as_str())
        {
            let path = vec![
                Step::Key("fields"),
                Step::Entry(number),
                Step::Key("follows"),
            ];
            return Err((path, Fault::UnknownField(name.as_str().to_owned())));
        }
    }
    let mut agree = definition.pairing.iter().flat_map(|pairing| &pairing.agree);
    match agree.find(|name| !names.contains(name.as_str())) {
        Some(name) => Err((
            vec![Step::Key("pairing"), Step::Key("agree")],
            Fault::UnknownField(name.as_str().to_owned()),
        )),
        None => Ok(()),
    }
}

/// Whether a shape that chooses among given things has some, none of them blank.
fn has_choice(shape: &Shape) -> bool {
    let filled = |values: &[String]| values.iter().all(|value| !value.trim().is_empty());
    match shape {
        Shape::Number { patterns } => filled(patterns),
        Shape::Code { values } | Shape::Categories { values } | Shape::CategoryTable { values } => {
            !values.is_empty() && filled(values)
        }
        _ => true,
    }
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
    use super::{LABELS, SOURCES, built_in, demand_recognisable, parse, states};

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
        for (text, said) in [
            (
                format!("{head}{field}{field}"),
                "line 7, `fields.name`: the field `surname` is defined twice",
            ),
            (
                format!("{head}colour = 'red'\n{field}"),
                "line 4, `colour`: this cannot be read: unknown field `colour`",
            ),
            (
                format!("{head}{field}shape = 'round'"),
                "line 6, `fields.shape`: this cannot be read: unknown variant `round`",
            ),
            (
                format!("{head}{field}shape = {{ code = {{ values = [] }} }}"),
                "line 6, `fields.shape`: the shape of the field `surname` needs values",
            ),
            (
                format!("{head}countries = ['FRA', 'Mars']\n{field}"),
                "line 4, `countries`: `Mars` is not a country",
            ),
            (
                format!("{}{field}", head.replace("'b'", "' '")),
                "line 3, `names`: a name in English, French and Arabic is needed",
            ),
            (
                format!("{head}{field}lines = = 2"),
                "line 6: this cannot be read: ",
            ),
        ] {
            let error = parse(&text).unwrap_err().to_string();
            assert!(error.starts_with(said), "{error}");
        }
        let unknowable = parse(&format!("{head}{field}")).unwrap();
        let error = demand_recognisable(&unknowable).unwrap_err();
        assert_eq!(error.code(), "definition_never_recognised");
        let titled =
            format!("{head}recognise.titles = [{{ text = 'CARD', weight = 0.6 }}]\n{field}");
        assert!(demand_recognisable(&parse(&titled).unwrap()).is_ok());
        assert!(parse(&format!("{head}countries = ['USA-*', 'D']\n{field}")).is_ok());
    }
}
