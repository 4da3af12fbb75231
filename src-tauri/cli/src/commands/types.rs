//! `lectern types`: the types of documents that are read, and those an admin adds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use api::wire::{CheckedDefinition, DocumentTypeBody, DocumentTypeDetail};
use app::decoding::Decoder;
use app::types::{self, Outcome, Trial};
use clap::Subcommand;
use model::TypeDefinition;
use read::Engines;

use super::read::How;
use crate::{Global, opening, terminal};

/// What to do with document types.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List every type, the built-in ones first
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print the definition of a type, as a beginning for one of your own
    Show {
        /// Id of the type, such as `passport`
        id: String,
        /// A version before the latest one
        #[arg(long)]
        version: Option<u32>,
        /// Print one JSON object with the versions and the definition
        #[arg(long)]
        json: bool,
    },
    /// Look whether a definition can be used, and what it would read from a picture; keeps nothing
    Check {
        /// The definition, in TOML
        file: PathBuf,
        /// A picture of a document of this type
        #[arg(long, value_name = "PICTURE")]
        on: Option<PathBuf>,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        how: How,
    },
    /// Take a definition into use; a known type gets its next version by it
    Import {
        /// The definition, in TOML
        file: PathBuf,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Take an imported type out of use; what was read with it stays
    Retire {
        /// Id of the type
        id: String,
    },
}

impl Command {
    /// Whether Tesseract takes part.
    pub(crate) fn uses_tesseract(&self) -> bool {
        match self {
            Self::Check { on, how, .. } => on.is_some() && how.uses_tesseract(),
            _ => false,
        }
    }
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::List { json } => list(global, *json),
        Command::Show { id, version, json } => show(global, id, *version, *json),
        Command::Check {
            file,
            on,
            json,
            how,
        } => check(file, on.as_deref(), *json, *how),
        Command::Import { file, json } => import(global, file, *json),
        Command::Retire { id } => {
            let (app, caller) = opening::open(global)?;
            let retired = types::retire(&app, &caller, id)?;
            let version = retired.definition.version;
            terminal::result(format_args!(
                "`{id}` is out of use; its last version was {version}"
            ));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn text(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("`{}` cannot be read", file.display()))
}

fn list(global: &Global, json: bool) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    let all = types::list(&app, &caller)?;
    if json {
        for info in all {
            terminal::json(&DocumentTypeBody::from(info))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = all
        .into_iter()
        .map(|info| {
            let state = if info.in_use {
                info.origin.as_str()
            } else {
                "out of use"
            };
            let definition = info.definition;
            [
                definition.id,
                definition.version.to_string(),
                definition.kind.as_str().to_owned(),
                definition.fields.len().to_string(),
                state.replace('_', "-"),
                definition.names.en,
            ]
        })
        .collect();
    terminal::table(
        ["ID", "VERSION", "FAMILY", "FIELDS", "STATE", "NAME"],
        &rows,
    );
    Ok(ExitCode::SUCCESS)
}

fn show(global: &Global, id: &str, version: Option<u32>, json: bool) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    let info = types::show(&app, &caller, id, version)?;
    if json {
        terminal::json(&DocumentTypeDetail::from(info))?;
    } else {
        terminal::result(info.source.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

fn import(global: &Global, file: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let text = text(file)?;
    let (app, caller) = opening::open(global)?;
    let (info, outcome) = types::import(&app, &caller, &text)?;
    if json {
        terminal::json(&api::wire::ImportedDocumentType {
            outcome: outcome.into(),
            document_type: info.into(),
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let TypeDefinition { id, version, .. } = info.definition;
    terminal::result(match outcome {
        Outcome::New => format!("`{id}` is in use, as version {version}"),
        Outcome::NextVersion => format!("`{id}` is in use in its version {version}"),
        Outcome::Unchanged => format!("`{id}` is in use already, as version {version}"),
    });
    if outcome != Outcome::Unchanged {
        terminal::tell("What was read before stays as it is; `lectern reread` reads it again.");
    }
    Ok(ExitCode::SUCCESS)
}

/// Touches neither the data directory nor a key: the definition is tried beside the built-in ones.
fn check(file: &Path, on: Option<&Path>, json: bool, how: How) -> anyhow::Result<ExitCode> {
    let definition = types::parse(&text(file)?)?;
    let Some(picture) = on else {
        if json {
            terminal::json(&CheckedDefinition::from((definition, None)))?;
        } else {
            let fields = definition.fields.len();
            terminal::result(format_args!(
                "`{}` can be used; it has {fields} fields",
                definition.id
            ));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let bytes =
        fs::read(picture).with_context(|| format!("`{}` cannot be read", picture.display()))?;
    let mut engines = Engines::new().context("the recogniser could not be set up")?;
    let options = how.options();
    let decode = || Decoder::apart().decode(&bytes, &options.limits, None);
    let trial = Trial::of(&definition, options.types, &decode, &mut engines, &options);
    let recognised = trial.is_recognised();
    if json {
        terminal::json(&CheckedDefinition::from(trial))?;
    } else {
        print(&trial);
    }
    Ok(if recognised {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn print(trial: &Trial) {
    let verdict = match &trial.recognised_as {
        _ if trial.is_recognised() => format!("recognised as `{}`", trial.id),
        Some(other) => format!(
            "recognised as `{other}`, not as `{}`: give it clues of greater weight; read as if it were, it would say",
            trial.id
        ),
        None => format!(
            "not recognised: the titles and keywords of `{}` were not found; read as if it were, it would say",
            trial.id
        ),
    };
    terminal::result(verdict);
    let rows: Vec<_> = trial
        .fields
        .iter()
        .map(|(name, field)| {
            let (value, sure) = field.as_ref().map_or_else(
                || ("–".to_owned(), String::new()),
                |field| {
                    let doubt = if field.needs_review {
                        ", please check"
                    } else {
                        ""
                    };
                    let sure = format!("{:.1} %{doubt}", field.confidence * 100.0);
                    (field.value.expose().to_owned(), sure)
                },
            );
            [name.to_string(), value, sure]
        })
        .collect();
    terminal::table(["FIELD", "VALUE", "SURE"], &rows);
}
