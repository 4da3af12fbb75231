//! `lectern archive`: closed records, out of the way of whoever works.

use std::process::ExitCode;

use api::wire::{ArchiveMove, DocumentBody, DocumentDetail};
use app::App;
use app::archive::Asked;
use app::search::Search;
use clap::Subcommand;
use model::{Caller, DocumentId, Personal};

use crate::{Global, opening, terminal};

/// How many records are fetched at once.
const PAGE: u32 = 200;

/// What to do with closed records.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Close records away, with their whole history; all of them, or none
    Add {
        /// Ids of the documents
        #[arg(required = true, value_name = "ID")]
        ids: Vec<DocumentId>,
    },
    /// List closed records, and those on their way
    List {
        /// Only those that have these words, as `lectern` finds open ones
        #[arg(long, value_name = "WORDS", default_value = "")]
        text: String,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print everything that is known of a closed record, as JSON
    Show {
        /// Its id
        id: DocumentId,
    },
    /// Open closed records again; all of them, or none
    Restore {
        /// Ids of the documents
        #[arg(required = true, value_name = "ID")]
        ids: Vec<DocumentId>,
    },
    /// Erase a closed record, its file and everything read from it
    Delete {
        /// Its id
        id: DocumentId,
    },
    /// Move now what is on its way, without waiting for a worker
    Move,
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::Add { ids } => {
            bring(&app, &caller, app::archive::add(&app, &caller, &ids)?)?;
            let count = ids.len();
            terminal::result(format_args!("{count} records are in the archive"));
        }
        Command::List { text, json } => list(&app, &caller, text, json)?,
        Command::Show { id } => {
            terminal::json(&DocumentDetail::from(app::archive::get(&app, &caller, id)?))?;
        }
        Command::Restore { ids } => {
            bring(&app, &caller, app::archive::restore(&app, &caller, &ids)?)?;
            terminal::result(format_args!("{} records are open again", ids.len()));
        }
        Command::Delete { id } => {
            app::archive::delete(&app, &caller, id)?;
            terminal::result("The record is erased");
        }
        Command::Move => {
            let moved = app::archive::work_off(&app, &caller)?;
            terminal::result(format_args!("{moved} records were moved"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Does what a worker would do, so that it is done when the command ends.
fn bring(app: &App, caller: &Caller, asked: Asked) -> Result<(), app::Error> {
    if asked == Asked::OnItsWay {
        app::archive::work_off(app, caller)?;
    }
    Ok(())
}

fn list(app: &App, caller: &Caller, text: String, json: bool) -> anyhow::Result<()> {
    let search = Search {
        text: Personal::new(text),
        ..Search::default()
    };
    let (mut cursor, mut rows) = (None, Vec::new());
    loop {
        let found = app::archive::find_all(app, caller, &search, cursor.as_deref(), PAGE)?;
        for document in found.listing.documents {
            let body = DocumentBody::from(document);
            if json {
                terminal::json(&body)?;
            } else {
                rows.push([
                    body.id.to_string(),
                    body.document_type.unwrap_or_default(),
                    body.archived_at.unwrap_or_default(),
                ]);
            }
        }
        cursor = found.listing.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    for one in app::archive::on_their_way(app, caller, PAGE)? {
        let one = ArchiveMove::from(one);
        if json {
            terminal::json(&one)?;
        } else {
            let id = one.document_id.to_string();
            rows.push([id, String::new(), "on its way".to_owned()]);
        }
    }
    if !json {
        terminal::table(["ID", "TYPE", "ARCHIVED"], &rows);
    }
    Ok(())
}
