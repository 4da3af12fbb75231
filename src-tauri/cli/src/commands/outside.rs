//! `lectern outside`: readers outside of this machine, which are off until an admin accepts what leaves it.

use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;

use anyhow::Context as _;
use api::wire::OutsideReader;
use app::Secret;
use app::outside::{self, Address, Ask, Configuration, Protocol, ReaderInfo, SENTENCE_VERSION};
use clap::{Subcommand, ValueEnum};

use crate::failure::Failure;
use crate::{Global, opening, terminal};

/// What to do with readers outside.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the readers that were set up, and whether they are on
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Set a reader up; nothing is sent to it before it is turned on
    Set {
        /// What to call it
        name: String,
        /// What it understands
        #[arg(long, value_enum)]
        protocol: ProtocolName,
        /// Where it is: https, or http on this very machine; without /chat/completions
        #[arg(long, value_name = "URL")]
        address: String,
        /// The model, or the deployment of Azure
        #[arg(long)]
        model: Option<String>,
        /// The version of Azure's interface, such as 2024-10-21
        #[arg(long, value_name = "VERSION")]
        api_version: Option<String>,
        /// Which documents it is asked about
        #[arg(long, value_enum, default_value = "doubtful")]
        ask: AskName,
        /// How long it is waited for
        #[arg(long, value_name = "SECONDS", default_value_t = outside::USUAL_PATIENCE)]
        patience: u16,
        /// Give it a key: asked for, or read as the first line of standard input
        #[arg(long)]
        key: bool,
    },
    /// Turn a reader on; without --accept, show what would leave this machine
    On {
        /// Its name
        name: String,
        /// The version of the sentence that you have read and accept
        #[arg(long, value_name = "VERSION")]
        accept: Option<u32>,
    },
    /// Turn a reader off: nothing is sent to it any more
    Off {
        /// Its name
        name: String,
    },
    /// Forget a reader and its key
    Remove {
        /// Its name
        name: String,
    },
}

/// Protocols as words of the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ProtocolName {
    /// chat/completions with pictures: OpenAI, Mistral, local servers
    Openai,
    /// The same at a deployment of Azure OpenAI
    Azure,
    /// A service that verifies identities (docs/outside.md)
    Verification,
}

impl From<ProtocolName> for Protocol {
    fn from(name: ProtocolName) -> Self {
        match name {
            ProtocolName::Openai => Self::Openai,
            ProtocolName::Azure => Self::Azure,
            ProtocolName::Verification => Self::Verification,
        }
    }
}

/// Which documents, as words of the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum AskName {
    /// Those about which this machine leaves a doubt
    Doubtful,
    /// All of them
    Always,
}

impl From<AskName> for Ask {
    fn from(name: AskName) -> Self {
        match name {
            AskName::Doubtful => Self::Doubtful,
            AskName::Always => Self::Always,
        }
    }
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::List { json } => list(outside::list(&app, &caller)?, json)?,
        Command::Set {
            name,
            protocol,
            address,
            model,
            api_version,
            ask,
            patience,
            key,
        } => {
            let configuration = Configuration {
                protocol: protocol.into(),
                address: Address::parse(&address)?,
                model,
                api_version,
                ask: ask.into(),
                patience,
            };
            let key = key.then(self::key).transpose()?;
            let reader = outside::set(&app, &caller, &name, &configuration, key.as_ref())?;
            let state = if reader.is_on() { "on" } else { "off" };
            terminal::result(format_args!("`{name}` is set up, and {state}"));
        }
        Command::On { name, accept } => {
            let Some(accept) = accept else {
                return Err(ask_consent(outside::list(&app, &caller)?, &name)?);
            };
            let reader = outside::turn_on(&app, &caller, &name, accept)?;
            terminal::tell(format_args!("{}.", reader.sentence.en));
            terminal::result(format_args!("`{name}` is on"));
        }
        Command::Off { name } => {
            outside::turn_off(&app, &caller, &name)?;
            terminal::result(format_args!("`{name}` is off"));
        }
        Command::Remove { name } => {
            outside::remove(&app, &caller, &name)?;
            terminal::result(format_args!("`{name}` is removed, and its key forgotten"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What would leave the machine, and how to accept it.
fn ask_consent(all: Vec<ReaderInfo>, name: &str) -> Result<anyhow::Error, app::Error> {
    let found = all.into_iter().find(|reader| reader.name == name);
    let reader = found.ok_or(app::Error::OutsideNotFound)?;
    Ok(Failure::new(
        format!("Nobody has accepted this yet: {}", reader.sentence.en),
        format!("To accept it: `lectern outside on {name} --accept {SENTENCE_VERSION}`."),
    )
    .into())
}

fn list(all: Vec<ReaderInfo>, json: bool) -> anyhow::Result<()> {
    if json {
        for reader in all {
            terminal::json(&OutsideReader::from(reader))?;
        }
        return Ok(());
    }
    let rows: Vec<_> = all
        .into_iter()
        .map(|reader| {
            let state = if reader.is_on() { "on" } else { "off" };
            let key = if reader.has_key { "sealed" } else { "none" };
            let configuration = reader.configuration;
            [
                reader.name,
                state.to_owned(),
                configuration.protocol.as_str().to_owned(),
                configuration.address.as_str().to_owned(),
                configuration.model.unwrap_or_default(),
                configuration.ask.as_str().to_owned(),
                key.to_owned(),
            ]
        })
        .collect();
    terminal::table(
        [
            "NAME", "STATE", "PROTOCOL", "ADDRESS", "MODEL", "ASKED", "KEY",
        ],
        &rows,
    );
    Ok(())
}

/// Asks at a terminal without showing what is typed; takes the first line of anything else.
fn key() -> anyhow::Result<Secret> {
    let text = if std::io::stdin().is_terminal() {
        rpassword::prompt_password("Key: ")?
    } else {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        read.context("The key could not be read from standard input")?;
        line.trim().to_owned()
    };
    if text.is_empty() {
        let failure = Failure::new(
            "There is no key",
            "Nothing was changed; give one, or leave --key out.",
        );
        return Err(failure.into());
    }
    Ok(Secret::new(text))
}
