//! `lectern backup`: making backups, proving them, and making a store of one again.

use std::path::PathBuf;
use std::process::ExitCode;

use app::backup::{self, Verified};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::failure::Failure;
use crate::{Global, opening, terminal};

/// What to do with backups.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a backup while everything goes on; files that the folder has already are not copied again
    Create {
        /// The folder of the backups, on another disk
        #[arg(value_name = "FOLDER", env = "LECTERN_BACKUP_DIR")]
        folder: PathBuf,
        /// Print a JSON object instead of lines
        #[arg(long)]
        json: bool,
    },
    /// List the backups in a folder, newest first
    List {
        /// The folder of the backups
        #[arg(value_name = "FOLDER", env = "LECTERN_BACKUP_DIR")]
        folder: PathBuf,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Restore a backup into a folder that is thrown away, and compare everything that came back
    Verify(Which),
    /// Make a store of a backup in an empty data directory (`--data`)
    Restore(Which),
}

/// Which backup, and what opens it.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The folder of the backups
    #[arg(value_name = "FOLDER", env = "LECTERN_BACKUP_DIR")]
    folder: PathBuf,
    /// The backup; the newest when it is left out
    #[arg(long, value_name = "ID")]
    backup: Option<String>,
    /// Open it with the recovery code, on a machine that has no key; `-` reads it from standard input
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Print a JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// Runs one of them.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Create { folder, json } => return create(global, &folder, json),
        Command::List { folder, json } => list(&folder, json)?,
        Command::Verify(which) => {
            let settings = opening::settings(global)?;
            let code = opening::typed(which.code)?;
            let code = code.as_ref().map(app::Secret::expose);
            let id = which.backup.as_deref();
            let verified = backup::verify(&settings, &which.folder, id, code)?;
            tell(&verified, which.json, "Restored and compared")?;
        }
        Command::Restore(which) => {
            if global.data.is_none() {
                let sentence = "Restoring needs a data directory of its own";
                return Err(Failure::new(sentence, "Name an empty one with `--data DIR`").into());
            }
            let settings = opening::settings(global)?;
            let code = opening::typed(which.code)?;
            let code = code.as_ref().map(app::Secret::expose);
            let id = which.backup.as_deref();
            let restored = backup::restore(&settings, &which.folder, id, code)?;
            tell(&restored, which.json, "Restored")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn create(global: &Global, folder: &std::path::Path, json: bool) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    let folder = std::path::absolute(folder)?;
    let made = backup::create(&app, &caller, &folder)?;
    let summary = &made.summary;
    if json {
        terminal::json(&json!({
            "backup": summary.id, "rows": summary.rows, "objects": summary.objects,
            "copied": made.copied, "missing": made.missing,
        }))?;
    } else {
        terminal::result(format_args!(
            "Backup {}: {} rows and {} objects, {} of them copied now",
            summary.id, summary.rows, summary.objects, made.copied
        ));
    }
    for name in &made.missing {
        terminal::tell(format_args!(
            "warning: the stored object `{name}` is missing, and so it is from the backup"
        ));
    }
    Ok(if made.missing.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn list(folder: &std::path::Path, json: bool) -> anyhow::Result<()> {
    let found = backup::list(folder)?;
    if json {
        for backup in &found {
            terminal::json(&json!({
                "backup": backup.id, "made_at": backup.made_at.0, "rows": backup.rows,
                "objects": backup.objects, "missing": backup.missing,
            }))?;
        }
        return Ok(());
    }
    let rows: Vec<[String; 4]> = found
        .iter()
        .map(|backup| {
            let made_at = jiff::Timestamp::from_millisecond(backup.made_at.0);
            [
                backup.id.clone(),
                made_at.map_or_else(
                    |_| String::new(),
                    |at| at.strftime("%F %H:%M UTC").to_string(),
                ),
                backup.rows.to_string(),
                backup.objects.to_string(),
            ]
        })
        .collect();
    terminal::table(["BACKUP", "MADE", "ROWS", "OBJECTS"], &rows);
    Ok(())
}

fn tell(verified: &Verified, json: bool, done: &str) -> anyhow::Result<()> {
    if json {
        return terminal::json(&json!({
            "ok": true, "backup": verified.id, "rows": verified.rows, "files": verified.files,
            "missing": verified.missing,
        }));
    }
    terminal::result(format_args!(
        "{done} backup {}: {} rows and {} stored files are what they were",
        verified.id, verified.rows, verified.files
    ));
    if verified.missing > 0 {
        terminal::tell(format_args!(
            "warning: {} stored files were missing already when the backup was made",
            verified.missing
        ));
    }
    Ok(())
}
