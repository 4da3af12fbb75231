//! `lectern reread`: reads again what was read before, after the rules of reading improved.

use std::process::ExitCode;

use app::reread::{Difference, FieldDifference, Outside};
use model::{FieldName, Personal};
use serde::Serialize;

use crate::{Global, opening, terminal};

/// Arguments of `lectern reread`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only show what would change, field by field
    #[arg(long)]
    dry_run: bool,
    /// Ask the readers outside of this machine again, where some are on: documents leave the machine anew
    #[arg(long, conflicts_with = "dry_run")]
    ask_outside: bool,
    /// Print one JSON object a document, each on its line
    #[arg(long, requires = "dry_run")]
    json: bool,
}

/// What `--json` prints of a document.
#[derive(Debug, Serialize)]
struct Document<'a> {
    id: String,
    file: &'a Personal,
    engine_before: &'a str,
    engine_after: &'a str,
    fields: Vec<Field<'a>>,
}

/// What it prints of a field.
#[derive(Debug, Serialize)]
struct Field<'a> {
    #[serde(rename = "field")]
    name: &'a FieldName,
    effect: &'static str,
    before: Option<&'a Personal>,
    after: Option<&'a Personal>,
}

/// Shows what would change, or lets everything be read again.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    if !arguments.dry_run {
        let outside = if arguments.ask_outside {
            Outside::Again
        } else {
            Outside::New
        };
        let waiting = app::reread::start(&app, &caller, outside)?;
        terminal::tell(format_args!("{waiting} documents wait to be read again"));
        return Ok(ExitCode::SUCCESS);
    }
    let mut printed = Ok(());
    let summary = app::reread::compare(&app, &caller, &mut |difference| {
        if arguments.json {
            let result = terminal::json(&document(difference));
            printed = std::mem::replace(&mut printed, Ok(())).and(result);
        } else {
            show(difference);
        }
    })?;
    printed?;
    terminal::tell(format_args!(
        "{} of {} documents would change; what people confirmed is kept",
        summary.differing, summary.documents
    ));
    Ok(ExitCode::SUCCESS)
}

fn document(difference: &Difference) -> Document<'_> {
    Document {
        id: difference.document.to_string(),
        file: &difference.name,
        engine_before: &difference.engine_before,
        engine_after: &difference.engine_after,
        fields: difference.fields.iter().map(field).collect(),
    }
}

fn field(difference: &FieldDifference) -> Field<'_> {
    Field {
        name: &difference.field,
        effect: difference.effect.as_str(),
        before: difference.before.as_ref(),
        after: difference.after.as_ref(),
    }
}

fn show(difference: &Difference) {
    terminal::result(format_args!(
        "{}  {}  {} -> {}",
        difference.document,
        difference.name.expose(),
        difference.engine_before,
        difference.engine_after
    ));
    let value = |value: &Option<Personal>| {
        value
            .as_ref()
            .map_or("(none)", |value| value.expose())
            .to_owned()
    };
    for field in &difference.fields {
        terminal::result(format_args!(
            "  {}: {} -> {}  {}",
            field.field.as_str(),
            value(&field.before),
            value(&field.after),
            field.effect.as_str()
        ));
    }
}
