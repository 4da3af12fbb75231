//! `lectern tokens`: bearer tokens for scripts.

use std::process::ExitCode;

use clap::Subcommand;
use model::TokenId;

use crate::{Global, opening, terminal};

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a token with the rights of this machine's user and print its secret, this once
    Add {
        /// What to call it, so that you know it again
        name: String,
    },
    /// List every token
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Revoke a token
    Revoke {
        /// Its id, as listed
        id: uuid::Uuid,
    },
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::Add { name } => {
            let (_, secret) = app::people::make_token(&app, &caller, &name)?;
            terminal::tell("Send it as `Authorization: Bearer …`. It is shown only now.");
            terminal::result(secret.expose());
        }
        Command::List { json } => {
            let tokens = app::people::list_tokens(&app, &caller)?;
            let tokens = tokens.into_iter().map(api::wire::Token::from);
            if json {
                for token in tokens {
                    terminal::json(&token)?;
                }
            } else {
                let rows: Vec<_> = tokens.map(row).collect();
                terminal::table(["ID", "NAME", "MADE", "LAST USED"], &rows);
            }
        }
        Command::Revoke { id } => {
            app::people::revoke_token(&app, &caller, TokenId(id))?;
            terminal::result("the token is revoked");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(token: api::wire::Token) -> [String; 4] {
    let used = token.last_used_at.unwrap_or_else(|| "never".to_owned());
    [token.id.to_string(), token.name, token.created_at, used]
}
