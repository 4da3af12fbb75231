//! `lectern subject`: what a person may ask for.

use std::fs::OpenOptions;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;
use model::{DocumentId, PersonId};

use crate::{Global, opening, terminal};

/// What to do for a person.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write everything that is kept of a person into one file: data, a page to read, pictures, and what was
    /// done with them
    Export {
        /// Id of a document of the person; may be given more than once
        #[arg(long = "id", value_name = "ID", required_unless_present = "person")]
        ids: Vec<uuid::Uuid>,
        /// Id of the person, as `lectern persons list` shows it: every document under it, wherever it is kept
        #[arg(long, value_name = "ID")]
        person: Option<uuid::Uuid>,
        /// Where to write it, a file that does not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let Command::Export { ids, person, out } = command;
    let (app, caller) = opening::open(global)?;
    let mut ids: Vec<_> = ids.into_iter().map(DocumentId).collect();
    if let Some(person) = person {
        let more = app::subject::documents_of(&app, &caller, PersonId(person))?;
        ids.extend(
            more.into_iter()
                .filter(|id| !ids.contains(id))
                .collect::<Vec<_>>(),
        );
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let cannot = || format!("`{}` cannot be written", out.display());
    let mut file = options.open(&out).with_context(cannot)?;
    let written = app::subject::export(&app, &caller, &ids, &mut file);
    if written.is_err() {
        // What is there is not the package. That it cannot be removed is no news beside that.
        std::fs::remove_file(&out).ok();
    }
    written?;
    terminal::tell(format!("`{}` holds what is kept", out.display()));
    Ok(ExitCode::SUCCESS)
}
