//! The types of documents a reading may follow: those built in, and those somebody adds.

use model::{Reading, TypeDefinition};
pub use parse::{
    DefinitionError, DefinitionFault,
    types::{built_in, built_in_source, demand_recognisable, parse},
};

/// The definition as one that is followed where no other fits: to see what it would read from a document
/// that is not recognised as its own.
pub fn followed_always(definition: &TypeDefinition) -> TypeDefinition {
    TypeDefinition {
        id: parse::visual::GENERIC.to_owned(),
        ..definition.clone()
    }
}

/// Id of the definition that a reading followed, without its version.
pub fn followed(reading: &Reading) -> Option<&str> {
    let name = reading.definition.as_deref()?;
    Some(name.split_once('@').map_or(name, |(id, _)| id))
}

/// The types with one more, which takes the place of those of its id.
pub fn with(types: &[TypeDefinition], definition: TypeDefinition) -> Vec<TypeDefinition> {
    let others = types.iter().filter(|known| known.id != definition.id);
    let mut all: Vec<TypeDefinition> = others.cloned().collect();
    all.push(definition);
    all
}
