//! `lectern trust`: whose signatures on barcodes are believed.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use app::trust::TrustList;
use clap::Subcommand;

use crate::{Global, opening, terminal};

/// What to do with the trust list.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take a list in the place of the one before: a trust list in XML, or certificates in PEM or DER
    Import {
        /// The file, as the issuer publishes it
        file: PathBuf,
    },
    /// Show whose signatures are believed, and how old the list is
    List,
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: &Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::Import { file } => {
            let bytes = std::fs::read(file)
                .with_context(|| format!("`{}` cannot be read", file.display()))?;
            let list = app::trust::import(&app, &caller, &bytes)?;
            terminal::result(age(&list));
        }
        Command::List => match app::trust::list(&app, &caller)? {
            Some(list) => {
                terminal::tell(age(&list));
                let rows: Vec<_> = list
                    .certificates()
                    .iter()
                    .map(|certificate| {
                        [
                            certificate.authority.clone(),
                            certificate.id.clone(),
                            certificate.not_before.to_string(),
                            certificate.not_after.to_string(),
                            if certificate.can_sign() { "yes" } else { "no" }.to_owned(),
                        ]
                    })
                    .collect();
                terminal::table(
                    ["AUTHORITY", "NAME", "FROM", "UNTIL", "SIGNS BARCODES"],
                    &rows,
                );
            }
            None => terminal::result("no trust list was imported: no signature can be verified"),
        },
    }
    Ok(ExitCode::SUCCESS)
}

/// How many certificates, and of which day.
fn age(list: &TrustList) -> String {
    let day = |day: Option<jiff::civil::Date>| {
        day.map_or("an unknown day".to_owned(), |day| day.to_string())
    };
    format!(
        "{} certificates; the list was issued on {}, the next is due on {}",
        list.certificates().len(),
        day(list.issued()),
        day(list.next_update()),
    )
}
