//! `lectern keys`: the store's key: whether all is well with it, changing it, and getting it back.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::Secret;
use app::keys::{recovery, rekey, rotation, verification};
use clap::Subcommand;

use super::checks;
use crate::{Global, opening, terminal};

/// What `lectern keys` can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// See whether every key fits, from the master key down to that of each stored file
    Verify {
        /// Also see whether this recovery code opens the store; `-` reads it from standard input
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
        /// Print a JSON object instead of lines
        #[arg(long)]
        json: bool,
    },
    /// Put the store's key back in its place, with the recovery code
    Recover {
        /// The recovery code; asked for when it is left out, `-` reads it from standard input
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
    },
    /// Make a new recovery code; the one before ends
    Code,
    /// Change the store's key and the recovery code while everything goes on
    Rotate {
        /// Where the new key goes when the present one is given as LECTERN_KEY
        #[arg(long, value_name = "FILE")]
        new_key_file: Option<PathBuf>,
    },
    /// Seal the whole database file anew with another key; nobody else may have it open
    Rekey,
}

/// Runs one of them.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Verify { code, json } => return verify(global, code, json),
        Command::Recover { code } => recover(global, code)?,
        Command::Code => {
            let (app, caller) = opening::open(global)?;
            tell_code(&recovery::new_code(&app, &caller)?);
        }
        Command::Rotate { new_key_file } => rotate(global, new_key_file)?,
        Command::Rekey => {
            rekey::rekey(&opening::settings(global)?)?;
            terminal::result("The database file is sealed with another key");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn verify(global: &Global, code: Option<String>, json: bool) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    let mut checks = verification::verify(&app, &caller)?;
    if let Some(code) = opening::typed(code)? {
        let ok = recovery::fits(&app, &caller, code.expose())?;
        checks.push(app::health::HealthCheck {
            name: "code",
            ok,
            message: if ok {
                "This recovery code opens the store".to_owned()
            } else {
                "This recovery code does not open the store".to_owned()
            },
        });
    }
    checks::print(checks, json)
}

fn recover(global: &Global, code: Option<String>) -> anyhow::Result<()> {
    let code = if let Some(code) = opening::typed(code)? {
        code
    } else {
        let asked = rpassword::prompt_password("Recovery code: ");
        Secret::new(asked.context("The recovery code cannot be asked for")?)
    };
    let place = recovery::recover(&opening::settings(global)?, code.expose())?;
    terminal::result(format_args!("The store's key is in {place}"));
    Ok(())
}

fn rotate(global: &Global, new_key_file: Option<PathBuf>) -> anyhow::Result<()> {
    let (app, caller) = opening::open(global)?;
    let rotated = rotation::rotate(&app, &caller, new_key_file)?;
    let count = rotated.rewrapped;
    match &rotated.waits_for {
        None => terminal::result(format_args!(
            "The store has a new key; {count} keys were wrapped anew, and the old one opens nothing any more"
        )),
        Some(file) => terminal::result(format_args!(
            "The store has a new key in `{}`; {count} keys were wrapped anew. Give its content as LECTERN_KEY, start everything again, and run this once more: until then the old key opens the store, too",
            file.display()
        )),
    }
    tell_code(&rotated.code);
    Ok(())
}

/// Prints a recovery code as the result: the one thing that whoever asked wants to write down.
fn tell_code(code: &Secret) {
    terminal::result(format_args!("Recovery code: {}", code.expose()));
    terminal::tell(
        "Write it down and keep it apart from the data: with a copy of the data it opens the store on any machine. It is shown only now",
    );
}
