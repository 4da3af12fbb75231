//! `lectern persons`: whose the documents are.

use std::process::ExitCode;

use app::documents::DocumentSummary;
use clap::Subcommand;
use model::{DocumentId, PersonId};
use serde::Serialize;

use crate::{Global, opening, terminal};

/// What to do about them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the persons, those first whose newest document is the newest
    List {
        /// How many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// List the documents of a person
    Show {
        /// The person's id
        id: uuid::Uuid,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Put a document under a person; this is remembered
    Link {
        /// The document's id
        document: uuid::Uuid,
        /// The person's id
        person: uuid::Uuid,
    },
    /// Take a document away from its person and put it under one of its own; this is remembered
    Unlink {
        /// The document's id
        document: uuid::Uuid,
    },
}

#[derive(Serialize)]
struct PersonLine<'a> {
    person: uuid::Uuid,
    documents: u32,
    title: Option<&'a model::Personal>,
    newest: uuid::Uuid,
}

#[derive(Serialize)]
struct DocumentLine<'a> {
    document: uuid::Uuid,
    document_type: Option<String>,
    title: Option<&'a model::Personal>,
    status: &'static str,
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: &Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match *command {
        Command::List { limit, json } => {
            let persons = app::persons::list(&app, &caller, None, limit)?;
            if json {
                for person in &persons {
                    terminal::json(&PersonLine {
                        person: person.id.0,
                        documents: person.documents,
                        title: person.newest.title.as_ref(),
                        newest: person.newest.document.id.0,
                    })?;
                }
            } else {
                let row = |person: app::persons::PersonSummary| {
                    let title = person.newest.title.map(model::Personal::into_inner);
                    [
                        person.id.to_string(),
                        title.unwrap_or_default(),
                        person.documents.to_string(),
                    ]
                };
                let rows: Vec<_> = persons.into_iter().map(row).collect();
                terminal::table(["PERSON", "NAME", "DOCUMENTS"], &rows);
            }
        }
        Command::Show { id, json } => {
            show(&app::persons::get(&app, &caller, PersonId(id))?, json)?;
        }
        Command::Link { document, person } => {
            let person = Some(PersonId(person));
            let document = app::persons::set(&app, &caller, DocumentId(document), person)?;
            show(&[document], false)?;
        }
        Command::Unlink { document } => {
            let document = app::persons::set(&app, &caller, DocumentId(document), None)?;
            show(&[document], false)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn show(documents: &[DocumentSummary], json: bool) -> anyhow::Result<()> {
    let family = |document: &DocumentSummary| document.document_type.map(|kind| kind.to_string());
    if json {
        for document in documents {
            terminal::json(&DocumentLine {
                document: document.document.id.0,
                document_type: family(document),
                title: document.title.as_ref(),
                status: document.document.status.as_str(),
            })?;
        }
        return Ok(());
    }
    let row = |document: &DocumentSummary| {
        let title = document.title.clone().map(model::Personal::into_inner);
        let person = document.belonging.person.map(|person| person.to_string());
        [
            document.document.id.to_string(),
            family(document).unwrap_or_default(),
            title.unwrap_or_default(),
            person.unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = documents.iter().map(row).collect();
    terminal::table(["DOCUMENT", "TYPE", "NAME", "PERSON"], &rows);
    Ok(())
}
