//! `lectern users`: user accounts.

use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;

use anyhow::Context as _;
use app::App;
use app::people::User;
use clap::{Subcommand, ValueEnum};
use model::{Caller, Role};

use crate::failure::Failure;
use crate::{Global, opening, terminal};

/// What to do with user accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add a user; the password is asked for, or read as the first line of standard input
    Add {
        /// The name to sign in with
        name: String,
        /// What the user may do: a clerk submits, a reviewer also corrects, an admin does everything
        #[arg(long, value_enum, default_value = "clerk")]
        role: RoleName,
    },
    /// List the users
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Remove a user; what he did stays
    Remove {
        /// The name to sign in with
        name: String,
    },
    /// Set a user's password and end his sessions
    Password {
        /// The name to sign in with
        name: String,
    },
}

/// The roles as words of the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum RoleName {
    Clerk,
    Reviewer,
    Admin,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Clerk => Self::Clerk,
            RoleName::Reviewer => Self::Reviewer,
            RoleName::Admin => Self::Admin,
        }
    }
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::Add { name, role } => {
            let password = password()?;
            app::people::add_user(&app, &caller, &name, role.into(), &password)?;
            let role = Role::from(role).as_str();
            terminal::result(format_args!("`{name}` can sign in as {role}"));
        }
        Command::List { json } => list(&app, &caller, json)?,
        Command::Remove { name } => {
            let user = by_name(&app, &caller, &name)?;
            app::people::remove_user(&app, &caller, user.id)?;
            terminal::result(format_args!("`{name}` is removed"));
        }
        Command::Password { name } => {
            let user = by_name(&app, &caller, &name)?;
            app::people::set_password(&app, &caller, user.id, &password()?)?;
            terminal::result(format_args!("`{name}` has the new password"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(app: &App, caller: &Caller, json: bool) -> anyhow::Result<()> {
    let users = app::people::list_users(app, caller)?;
    if json {
        for user in users {
            terminal::json(&api::wire::User::from(user))?;
        }
        return Ok(());
    }
    let rows: Vec<_> = users
        .into_iter()
        .map(|user| {
            let role = user.role.as_str().to_owned();
            let note = if user.local { "this machine" } else { "" };
            [user.name, role, note.to_owned()]
        })
        .collect();
    terminal::table(["NAME", "ROLE", ""], &rows);
    Ok(())
}

fn by_name(app: &App, caller: &Caller, name: &str) -> Result<User, app::Error> {
    let users = app::people::list_users(app, caller)?;
    let found = users.into_iter().find(|user| user.name == name);
    found.ok_or(app::Error::UserNotFound)
}

/// Asks twice at a terminal, without showing what is typed; takes the first line of anything else.
fn password() -> anyhow::Result<String> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        read.context("The password could not be read from standard input")?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let first = rpassword::prompt_password("Password: ")?;
    let second = rpassword::prompt_password("The same again: ")?;
    if first != second {
        let failure = Failure::new(
            "The two passwords differ",
            "Nothing was changed; try again.",
        );
        return Err(failure.into());
    }
    Ok(first)
}
