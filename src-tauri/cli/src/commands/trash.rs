//! `lectern trash`: documents that were deleted and may come back.

use std::process::ExitCode;

use api::wire::DocumentBody;
use clap::Subcommand;
use model::DocumentId;

use crate::{Global, opening, terminal};

/// What to do with the trash.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List what is in it
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Put documents into it
    Put {
        /// Their ids
        #[arg(required = true, value_name = "ID")]
        ids: Vec<uuid::Uuid>,
    },
    /// Take documents out of it
    Restore {
        /// Their ids
        #[arg(required = true, value_name = "ID")]
        ids: Vec<uuid::Uuid>,
    },
    /// Erase documents that are in it, for good
    Purge {
        /// Their ids
        #[arg(required_unless_present = "all", value_name = "ID")]
        ids: Vec<uuid::Uuid>,
        /// Everything that is in it and not held
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::List { json } => {
            let mut rows = Vec::new();
            for document in app::trash::list(&app, &caller)? {
                let document = DocumentBody::from(document);
                if json {
                    terminal::json(&document)?;
                } else {
                    rows.push([
                        document.id.to_string(),
                        document.document_type.unwrap_or_default(),
                        document.trashed_at.unwrap_or_default(),
                        document.erased_after.unwrap_or_default(),
                    ]);
                }
            }
            if !json {
                terminal::table(["DOCUMENT", "TYPE", "SINCE", "ERASED AFTER"], &rows);
            }
        }
        Command::Put { ids } => {
            for id in ids {
                app::trash::put(&app, &caller, DocumentId(id))?;
                terminal::result(format!("{id} is in the trash"));
            }
        }
        Command::Restore { ids } => {
            for id in ids {
                app::trash::restore(&app, &caller, DocumentId(id))?;
                terminal::result(format!("{id} is restored"));
            }
        }
        Command::Purge { ids, all } => {
            let mut ids: Vec<_> = ids.into_iter().map(DocumentId).collect();
            if all {
                let listed = app::trash::list(&app, &caller)?;
                ids.extend(listed.into_iter().map(|document| document.document.id));
            }
            for id in ids {
                match app::trash::purge(&app, &caller, id) {
                    Ok(()) => terminal::result(format!("{id} is erased")),
                    Err(app::Error::Held) if all => {
                        terminal::tell(format!("{id} is under a legal hold and stays"));
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
