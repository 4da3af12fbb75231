//! Document types that admins add beside the built-in ones: the same format, the same code.
//!
//! A type is never changed: each import of another text is a version of its own, appended with who
//! imported it and when, and taking a type out of use is appended too. A reading names the version it
//! followed, so what it says can be explained for ever.

use std::{borrow::Cow, ops::ControlFlow};

use indexmap::IndexMap;
use model::{Caller, DocumentId, Field, FieldName, Reading, Timestamp, TypeDefinition, UserId};
use read::{Engines, types};
use store::{Snapshot, document_types, document_types::TypeAct};
use vision::{DecodeError, Decoded};

use crate::{
    App, Error,
    audit::{self, Details, What},
    jobs::{self, options},
    permission::{Act, demand},
};

/// Longest definition, in bytes: five times the longest built-in one.
const LONGEST: usize = 60_000;

/// Where a type comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It comes with the program.
    BuiltIn,
    /// An admin imported it.
    Imported,
}

impl Origin {
    /// The word used in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BuiltIn => "built_in",
            Self::Imported => "imported",
        }
    }
}

/// One version of an imported type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub version: u32,
    /// Who imported it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// A type, in its latest or in the asked version.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentTypeInfo {
    /// What it says.
    pub definition: TypeDefinition,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether documents are read with it: the version shown is the latest, and not out of use.
    pub in_use: bool,
    /// Every version that was imported, oldest first; none of a built-in one.
    pub versions: Vec<Version>,
    /// The text as it was written.
    pub source: String,
}

/// What became of a definition that was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The type is new.
    New,
    /// It is the next version of a known type, or puts it into use again.
    NextVersion,
    /// It is what is in use already.
    Unchanged,
}

impl Outcome {
    /// The word used in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::NextVersion => "next_version",
            Self::Unchanged => "unchanged",
        }
    }
}

/// An imported type, from all that was done to it.
#[derive(Debug, Default)]
struct Kept {
    imports: Vec<TypeAct>,
    retired: bool,
}

impl Kept {
    fn add(&mut self, act: TypeAct) {
        self.retired = act.definition.is_none();
        if !self.retired {
            self.imports.push(act);
        }
    }

    /// A version, or the latest.
    fn info(&self, version: Option<u32>) -> Result<DocumentTypeInfo, Error> {
        let latest = self.imports.last();
        let wanted = match version {
            None => latest,
            Some(version) => self.imports.iter().find(|act| act.version == version),
        };
        let wanted = wanted.ok_or(Error::TypeNotFound)?;
        let source = wanted.definition.clone().unwrap_or_default();
        let mut definition = types::parse(&source)?;
        definition.version = wanted.version;
        let versions = self.imports.iter().map(|act| Version {
            version: act.version,
            by: act.by,
            at: act.at,
        });
        Ok(DocumentTypeInfo {
            definition,
            origin: Origin::Imported,
            in_use: !self.retired && latest.is_some_and(|latest| latest.version == wanted.version),
            versions: versions.collect(),
            source,
        })
    }
}

fn kept(snapshot: &Snapshot) -> Result<IndexMap<String, Kept>, Error> {
    let mut types: IndexMap<String, Kept> = IndexMap::new();
    for act in document_types::all(snapshot)? {
        types.entry(act.type_id.clone()).or_default().add(act);
    }
    Ok(types)
}

fn built_in(definition: &TypeDefinition) -> DocumentTypeInfo {
    DocumentTypeInfo {
        source: types::built_in_source(&definition.id)
            .unwrap_or_default()
            .to_owned(),
        definition: definition.clone(),
        origin: Origin::BuiltIn,
        in_use: true,
        versions: Vec::new(),
    }
}

/// Every type in its latest version: the built-in ones, then the imported ones as they came.
pub fn list(app: &App, caller: &Caller) -> Result<Vec<DocumentTypeInfo>, Error> {
    demand(caller, Act::SeeTypes)?;
    let mut all: Vec<DocumentTypeInfo> = types::built_in().iter().map(built_in).collect();
    for (id, kept) in kept(&app.inner.store.read()?)? {
        all.extend(usable(&id, &kept));
    }
    Ok(all)
}

/// One type, in its latest version or in this one.
pub fn show(
    app: &App,
    caller: &Caller,
    id: &str,
    version: Option<u32>,
) -> Result<DocumentTypeInfo, Error> {
    demand(caller, Act::SeeTypes)?;
    if let Some(found) = types::built_in().iter().find(|known| known.id == id) {
        let fits = version.is_none_or(|version| version == found.version);
        return if fits {
            Ok(built_in(found))
        } else {
            Err(Error::TypeNotFound)
        };
    }
    one(&app.inner.store.read()?, id)?.info(version)
}

fn one(snapshot: &Snapshot, id: &str) -> Result<Kept, Error> {
    let mut kept = Kept::default();
    for act in document_types::of(snapshot, id)? {
        kept.add(act);
    }
    Ok(kept)
}

/// Reads a definition and refuses what could not be used.
pub fn parse(text: &str) -> Result<TypeDefinition, Error> {
    if text.len() > LONGEST {
        return Err(Error::DefinitionTooLong {
            bytes: text.len(),
            limit: LONGEST,
        });
    }
    let definition = types::parse(text)?;
    types::demand_recognisable(&definition)?;
    if types::built_in()
        .iter()
        .any(|known| known.id == definition.id)
    {
        return Err(Error::TypeBuiltIn { id: definition.id });
    }
    Ok(definition)
}

/// Takes a definition into use. A known type gets its next version by it; the number in the text counts
/// where it is higher.
pub fn import(
    app: &App,
    caller: &Caller,
    text: &str,
) -> Result<(DocumentTypeInfo, Outcome), Error> {
    demand(caller, Act::ChangeTypes)?;
    let definition = parse(text)?;
    let id = definition.id.as_str();
    app.write(|transaction| {
        if let Some(other) = definition
            .pairing
            .as_ref()
            .and_then(|pairing| pairing.with.as_deref())
            && other != id
            && !types::built_in().iter().any(|known| known.id == other)
            && one(transaction, other)?.imports.is_empty()
        {
            return Err(Error::TypeUnknown {
                id: other.to_owned(),
            });
        }
        let mut kept = one(transaction, id)?;
        let latest = kept.imports.last();
        if let Some(latest) = latest
            && !kept.retired
            && latest.definition.as_deref() == Some(text)
        {
            return Ok((kept.info(None)?, Outcome::Unchanged));
        }
        let next = latest.map_or(1, |latest| latest.version.saturating_add(1));
        let outcome = if latest.is_none() {
            Outcome::New
        } else {
            Outcome::NextVersion
        };
        let act = TypeAct {
            type_id: id.to_owned(),
            version: next.max(definition.version),
            definition: Some(text.to_owned()),
            by: caller.user,
            at: app.now(),
        };
        document_types::append(transaction, &act)?;
        let details = Details::new().word("version", act.version);
        audit::record(app, transaction, caller, What::TypeImported, id, details)?;
        kept.add(act);
        Ok((kept.info(None)?, outcome))
    })
}

/// Takes an imported type out of use. Its versions stay, for the readings that name them.
pub fn retire(app: &App, caller: &Caller, id: &str) -> Result<DocumentTypeInfo, Error> {
    demand(caller, Act::ChangeTypes)?;
    if types::built_in().iter().any(|known| known.id == id) {
        return Err(Error::TypeBuiltIn { id: id.to_owned() });
    }
    app.write(|transaction| {
        let mut kept = one(transaction, id)?;
        let latest = kept.imports.last().ok_or(Error::TypeNotFound)?;
        if kept.retired {
            return Err(Error::TypeRetired { id: id.to_owned() });
        }
        let act = TypeAct {
            type_id: id.to_owned(),
            version: latest.version,
            definition: None,
            by: caller.user,
            at: app.now(),
        };
        document_types::append(transaction, &act)?;
        let details = Details::new().word("version", act.version);
        audit::record(app, transaction, caller, What::TypeRetired, id, details)?;
        kept.add(act);
        kept.info(None)
    })
}

/// The imported type that a reading followed, in that version; none where it followed a built-in one.
pub(crate) fn followed(
    snapshot: &Snapshot,
    reading: &Reading,
) -> Result<Option<TypeDefinition>, Error> {
    let name = reading
        .definition
        .as_deref()
        .and_then(|name| name.split_once('@'));
    let Some((id, version)) = name else {
        return Ok(None);
    };
    if types::built_in().iter().any(|known| known.id == id) {
        return Ok(None);
    }
    let info = one(snapshot, id)?.info(version.parse().ok());
    Ok(info.ok().map(|info| info.definition))
}

/// The types that documents are read with.
pub(crate) fn load(app: &App) -> Result<Vec<TypeDefinition>, Error> {
    Ok(of(&app.inner.store.read()?)?.into_owned())
}

/// The same, in a snapshot or in the middle of an act.
pub(crate) fn of(snapshot: &Snapshot) -> Result<Cow<'static, [TypeDefinition]>, Error> {
    let mut all = Cow::Borrowed(types::built_in());
    for (id, kept) in kept(snapshot)? {
        if let Some(info) = usable(&id, &kept).filter(|info| info.in_use) {
            all.to_mut().push(info.definition);
        }
    }
    Ok(all)
}

/// The latest version, unless this program cannot read it: the format may have changed since it was
/// imported, and the others are used all the same.
fn usable(id: &str, kept: &Kept) -> Option<DocumentTypeInfo> {
    let info = kept.info(None);
    if let Err(error) = &info {
        tracing::warn!(document_type = %id, code = error.code(), "an imported type is left out: {error}");
    }
    info.ok()
}

/// What a definition would read from a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The definition that was tried.
    pub id: String,
    /// Id of the type the document would be recognised as, beside all others in use.
    pub recognised_as: Option<String>,
    /// Every field of the definition, with what is read for it.
    pub fields: Vec<(FieldName, Option<Field>)>,
}

impl Trial {
    /// Tries a definition on a picture beside other types. Where the document is not recognised as one of
    /// it, it is read as if it were.
    pub fn of(
        definition: &TypeDefinition,
        others: &[TypeDefinition],
        decode: &dyn Fn() -> Result<Decoded, DecodeError>,
        engines: &mut Engines,
        options: &read::Options<'_>,
    ) -> Self {
        let mut read = |types: &[TypeDefinition]| {
            let options = read::Options { types, ..*options };
            let go_on = &mut |_| ControlFlow::Continue(());
            read::read_decoded(decode(), engines, &options, go_on).ok()
        };
        let beside = read(&types::with(others, definition.clone()));
        let recognised_as = beside.as_ref().and_then(types::followed).map(str::to_owned);
        let reading = if recognised_as.as_deref() == Some(&definition.id) {
            beside
        } else {
            read(&[types::followed_always(definition)])
        };
        Self {
            id: definition.id.clone(),
            recognised_as,
            fields: fields(definition, reading),
        }
    }

    /// Whether the document would be recognised as one of the definition.
    pub fn is_recognised(&self) -> bool {
        self.recognised_as.as_deref() == Some(&self.id)
    }
}

fn fields(
    definition: &TypeDefinition,
    reading: Option<Reading>,
) -> Vec<(FieldName, Option<Field>)> {
    let mut read = reading.map(|reading| reading.fields).unwrap_or_default();
    let wanted = definition.fields.iter();
    wanted
        .map(|field| (field.name.clone(), read.shift_remove(&field.name)))
        .collect()
}

/// Looks whether a definition could be imported, and what it would read from a stored document.
pub fn check(
    app: &App,
    caller: &Caller,
    text: &str,
    document: Option<DocumentId>,
) -> Result<(TypeDefinition, Option<Trial>), Error> {
    demand(caller, Act::ChangeTypes)?;
    let definition = parse(text)?;
    let Some(document) = document else {
        return Ok((definition, None));
    };
    audit::seen(app, caller, document)?;
    let (bytes, password) = jobs::load(app, document)?;
    let all = load(app)?;
    let trust = crate::trust::load(app)?;
    let options = options(app, &all, trust.as_ref());
    let mut engines = Engines::new()?;
    let decoder = &app.settings().decoder;
    let decode = || decoder.decode(&bytes, &options.limits, password.as_ref());
    let trial = Trial::of(&definition, &all, &decode, &mut engines, &options);
    Ok((definition, Some(trial)))
}
