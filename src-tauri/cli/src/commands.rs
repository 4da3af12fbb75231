//! The list of commands, one file each.

mod add;
mod archive;
mod audit;
mod backup;
mod bench;
mod checks;
mod db;
mod doctor;
mod duplicates;
mod explain;
mod export;
mod jobs;
mod keys;
mod openapi;
mod outside;
mod persons;
mod read;
mod reread;
mod retention;
mod seed;
mod serve;
mod stopping;
mod subject;
mod tokens;
mod trash;
mod trust;
mod types;
mod users;
mod work;

use std::process::ExitCode;

use clap::Subcommand;

use crate::Global;

/// Every command of the program.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents and print what they say; nothing is kept
    Read(read::Arguments),
    /// Read a document and say why each value is as it is
    Explain(explain::Arguments),
    /// Submit documents to the store, where they are read and kept
    Add(add::Arguments),
    /// Serve the page and the HTTP interface, and read what is submitted
    Serve(serve::Arguments),
    /// Do the work that waits, without serving anything
    Work(work::Arguments),
    /// See what waits, what is being done and what failed, and step in
    #[command(subcommand)]
    Jobs(jobs::Command),
    /// Move the schema of the databases forward and back, and see how far it is
    #[command(subcommand)]
    Db(db::Command),
    /// Add, list and remove user accounts, and set passwords
    #[command(subcommand)]
    Users(users::Command),
    /// Make, list and revoke bearer tokens for scripts
    #[command(subcommand)]
    Tokens(tokens::Command),
    /// Read again what was read before, or show what that would change
    Reread(reread::Arguments),
    /// See whose documents are whose, and say so
    #[command(subcommand)]
    Persons(persons::Command),
    /// See what may have been taken in twice, and why, and say whether it was
    #[command(subcommand)]
    Duplicates(duplicates::Command),
    /// Write records, with their corrections and what they rest on
    Export(export::Arguments),
    /// Write everything that is kept of a person
    #[command(subcommand)]
    Subject(subject::Command),
    /// Say how long documents are kept, hold them, and erase what is due
    #[command(subcommand)]
    Retention(retention::Command),
    /// See what was deleted and may come back, restore it, or erase it for good
    #[command(subcommand)]
    Trash(trash::Command),
    /// Close records away, find them there, and open them again
    #[command(subcommand)]
    Archive(archive::Command),
    /// Verify and list the log of who did what
    #[command(subcommand)]
    Audit(audit::Command),
    /// See whether the store's keys fit, change them, and get a lost one back
    #[command(subcommand)]
    Keys(keys::Command),
    /// Make backups, prove them, and restore them
    #[command(subcommand)]
    Backup(backup::Command),
    /// Import and list the signers whose signed barcodes are believed
    #[command(subcommand)]
    Trust(trust::Command),
    /// Make invented records, to measure a store with or to show it full
    Seed(seed::Arguments),
    /// See what is read from which documents, and add types of your own
    #[command(subcommand)]
    Types(types::Command),
    /// Set up readers outside of this machine; they are off until what leaves it is accepted
    #[command(subcommand)]
    Outside(outside::Command),
    /// Look at everything that is kept and needed, and tell what is wrong
    Doctor(doctor::Arguments),
    /// Read every picture of a manifest and write the answers for scoring
    Bench(bench::Arguments),
    /// Print the description of the HTTP interface
    Openapi,
}

impl Command {
    /// Whether it reads with Tesseract.
    pub(crate) fn uses_tesseract(&self) -> bool {
        match self {
            Self::Read(arguments) => arguments.uses_tesseract(),
            Self::Explain(arguments) => arguments.uses_tesseract(),
            Self::Bench(arguments) => arguments.uses_tesseract(),
            Self::Types(command) => command.uses_tesseract(),
            Self::Serve(_) | Self::Work(_) | Self::Reread(_) => true,
            _ => false,
        }
    }
}

/// Runs one command to its end.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Add(arguments) => add::run(global, &arguments),
        Command::Serve(arguments) => serve::run(global, arguments),
        Command::Work(arguments) => work::run(global, &arguments),
        Command::Jobs(command) => jobs::run(global, command),
        Command::Db(command) => db::run(global, &command),
        Command::Reread(arguments) => reread::run(global, &arguments),
        Command::Users(command) => users::run(global, command),
        Command::Tokens(command) => tokens::run(global, command),
        Command::Persons(command) => persons::run(global, &command),
        Command::Duplicates(command) => duplicates::run(global, &command),
        Command::Export(arguments) => export::run(global, arguments),
        Command::Subject(command) => subject::run(global, command),
        Command::Retention(command) => retention::run(global, command),
        Command::Trash(command) => trash::run(global, command),
        Command::Archive(command) => archive::run(global, command),
        Command::Audit(command) => audit::run(global, command),
        Command::Keys(command) => keys::run(global, command),
        Command::Backup(command) => backup::run(global, command),
        Command::Trust(command) => trust::run(global, &command),
        Command::Seed(arguments) => seed::run(global, &arguments),
        Command::Types(command) => types::run(global, &command),
        Command::Outside(command) => outside::run(global, command),
        Command::Doctor(arguments) => doctor::run(global, &arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Openapi => Ok(openapi::run()),
    }
}
