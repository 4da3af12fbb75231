//! `lectern db`: the schema of the databases, forward and back, and what they are.
//!
//! Opening the store applies what is missing by itself; these commands are for whoever wants to do it
//! at his own time, to go back, or to know.

use std::process::ExitCode;

use api::wire::{DatabaseHealth, DatabaseStatistics, UsageFigure};
use app::databases::{Database, Entry, Schemas, Standing};
use clap::Subcommand;
use serde_json::json;

use crate::failure::Failure;
use crate::{Global, opening, terminal};

/// What to do with the databases.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Apply the migrations that are missing
    Migrate {
        #[command(flatten)]
        only: Only,
        /// Only up to this version
        #[arg(long, value_name = "VERSION")]
        to: Option<i64>,
    },
    /// Take migrations back, the newest first; what only they had room for is lost
    Rollback {
        #[command(flatten)]
        only: Only,
        /// How many
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        steps: usize,
        /// Do it, after it was said what is lost
        #[arg(long)]
        yes: bool,
    },
    /// List every migration and when it was applied
    History {
        #[command(flatten)]
        only: Only,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Say where each database is and how far its schema is
    Status {
        #[command(flatten)]
        only: Only,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Compare each schema with a new one, and fail when they differ
    Check {
        #[command(flatten)]
        only: Only,
    },
    /// Note that a database is at a version, without running anything
    Stamp {
        /// The version, or `head` for the newest
        version: String,
        #[command(flatten)]
        only: Only,
    },
    /// Print the newest version that this program knows
    Heads,
    /// Print the version each database is at
    Current {
        #[command(flatten)]
        only: Only,
    },
    /// Say whether each database answers
    Health {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Measure each database, or print figures about use
    Statistics {
        /// Print figures about use by day instead: documents, readings, corrections, waiting
        #[arg(long)]
        usage: bool,
        /// Of today and the days before it, so many in all
        #[arg(long, value_name = "NUMBER", default_value_t = 30)]
        days: u32,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Ask a database in SQL, without changing anything; that it was asked is in the audit log
    Query {
        /// One `SELECT`, or `-` for standard input
        sql: String,
        /// The database: default, analytics, logging or archive
        #[arg(long, value_name = "NAME", default_value = "default")]
        database: Database,
        /// How many rows at most
        #[arg(long, value_name = "NUMBER", default_value_t = 100)]
        limit: u32,
    },
}

/// Which of the databases.
#[derive(Debug, clap::Args)]
pub(crate) struct Only {
    /// Only this one: default, analytics, logging or archive; all that are set up when left out
    #[arg(long, value_name = "NAME")]
    database: Option<Database>,
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: &Command) -> anyhow::Result<ExitCode> {
    let settings = opening::settings(global)?;
    let open = |only: &Only| -> Result<Schemas, app::Error> {
        let mut schemas = app::databases::schemas(&settings)?;
        let wanted = only.database;
        schemas
            .schemas
            .retain(|(database, _)| wanted.is_none_or(|wanted| wanted == *database));
        Ok(schemas)
    };
    match command {
        Command::Health { json } => return health(global, *json),
        Command::Statistics { usage, days, json } => statistics(global, *usage, *days, *json)?,
        Command::Query {
            sql,
            database,
            limit,
        } => query(global, sql, *database, *limit)?,
        Command::Migrate { only, to } => migrate(open(only)?, *to)?,
        Command::Rollback { only, steps, yes } => roll_back(open(only)?, *steps, *yes)?,
        Command::History { only, json } => history(open(only)?, *json)?,
        Command::Status { only, json } => status(open(only)?, *json)?,
        Command::Check { only } => return check(open(only)?),
        Command::Stamp { version, only } => stamp(open(only)?, version)?,
        Command::Heads => terminal::result(app::databases::head()?),
        Command::Current { only } => {
            for (database, mut schema) in open(only)?.schemas {
                let applied = schema.history().map_err(app::Error::from)?;
                let mut applied = applied.iter().rev();
                let current = applied.find(|entry| entry.standing != Standing::Pending);
                let current = current.map_or("none".to_owned(), |entry| entry.version.to_string());
                terminal::result(format_args!("{} {current}", database.as_str()));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn migrate(schemas: Schemas, to: Option<i64>) -> Result<(), app::Error> {
    for (database, mut schema) in schemas.schemas {
        let before = schema.history()?;
        match to {
            Some(version) => schema.migrate_to(version)?,
            None => schema.migrate()?,
        }
        let pending = |entries: &[Entry]| {
            let pending = entries.iter();
            pending
                .filter(|entry| entry.standing == Standing::Pending)
                .count()
        };
        let applied = pending(&before) - pending(&schema.history()?);
        terminal::result(format_args!(
            "{}: {applied} migrations applied",
            database.as_str()
        ));
    }
    Ok(())
}

fn roll_back(schemas: Schemas, steps: usize, yes: bool) -> anyhow::Result<()> {
    for (database, mut schema) in schemas.schemas {
        let name = database.as_str();
        if yes {
            for version in schema.roll_back(steps).map_err(app::Error::from)? {
                terminal::result(format_args!("{name}: took {version} back"));
            }
            continue;
        }
        let history = schema.history().map_err(app::Error::from)?;
        let applied = history
            .iter()
            .rev()
            .filter(|entry| entry.standing != Standing::Pending);
        for entry in applied.take(steps) {
            let loss = app::databases::loss(entry.version).unwrap_or_default();
            terminal::tell(format_args!(
                "{name}: {} {}: {loss}",
                entry.version, entry.name
            ));
        }
    }
    if yes {
        return Ok(());
    }
    let hint = "Make a backup, then say `--yes`.";
    Err(Failure::new("Nothing was taken back; the above would be lost", hint).into())
}

fn health(global: &Global, as_json: bool) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    let (mut sound, mut rows) = (true, Vec::new());
    for one in app::databases::health(&app, &caller)? {
        let body = DatabaseHealth::from(one);
        sound &= body.ok;
        if as_json {
            terminal::json(&body)?;
        } else {
            let database = Database::from(body.database).as_str().to_owned();
            let word = if body.ok { "healthy" } else { "failing" };
            rows.push([database, word.to_owned(), body.message]);
        }
    }
    if !as_json {
        terminal::table(["DATABASE", "STATUS", ""], &rows);
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn statistics(global: &Global, usage: bool, days: u32, as_json: bool) -> anyhow::Result<()> {
    let (app, caller) = opening::open(global)?;
    if usage {
        app::usage::count(&app, &caller)?;
        let figures = app::usage::latest(&app, &caller, days)?.into_iter();
        return figures_of_use(figures.map(UsageFigure::from), as_json);
    }
    let mut rows = Vec::new();
    for (database, overview) in app::databases::statistics(&app, &caller)? {
        let body = DatabaseStatistics::new(database, overview);
        if as_json {
            terminal::json(&body)?;
            continue;
        }
        let filled = body.tables.iter().filter(|table| table.rows > 0);
        let held: u64 = body.tables.iter().map(|table| table.rows).sum();
        rows.push([
            database.as_str().to_owned(),
            body.engine.clone(),
            body.size.to_string(),
            filled.count().to_string(),
            held.to_string(),
        ]);
    }
    if !as_json {
        terminal::table(
            ["DATABASE", "ENGINE", "BYTES", "TABLES IN USE", "ROWS"],
            &rows,
        );
    }
    Ok(())
}

fn figures_of_use(figures: impl Iterator<Item = UsageFigure>, as_json: bool) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for figure in figures {
        if as_json {
            terminal::json(&figure)?;
            continue;
        }
        let mean = figure.total_ms.checked_div(figure.count);
        let of_time = |milliseconds: u64| {
            let shown = (figure.total_ms > 0).then(|| milliseconds.to_string());
            shown.unwrap_or_default()
        };
        rows.push([
            figure.day,
            figure.measure,
            figure.document_type,
            figure.part,
            figure.count.to_string(),
            of_time(mean.unwrap_or_default()),
            of_time(figure.longest_ms),
        ]);
    }
    if !as_json {
        let heading = [
            "DAY", "MEASURE", "TYPE", "PART", "COUNT", "MEAN MS", "MOST MS",
        ];
        terminal::table(heading, &rows);
    }
    Ok(())
}

fn query(global: &Global, sql: &str, database: Database, limit: u32) -> anyhow::Result<()> {
    let (app, caller) = opening::open(global)?;
    let sql = match sql {
        "-" => std::io::read_to_string(std::io::stdin())?,
        sql => sql.to_owned(),
    };
    for row in app::databases::ask(&app, &caller, database, &sql, limit)? {
        terminal::json(&row)?;
    }
    Ok(())
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Applied => "applied",
        Standing::Pending => "pending",
        Standing::Diverged => "diverged",
        Standing::Unknown => "unknown",
    }
}

fn history(schemas: Schemas, as_json: bool) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for (database, mut schema) in schemas.schemas {
        for entry in schema.history().map_err(app::Error::from)? {
            if as_json {
                terminal::json(&json!({
                    "database": database.as_str(),
                    "version": entry.version,
                    "name": entry.name,
                    "state": word(entry.standing),
                    "applied_on": entry.applied_on,
                }))?;
            } else {
                rows.push([
                    database.as_str().to_owned(),
                    entry.version.to_string(),
                    entry.name,
                    word(entry.standing).to_owned(),
                    entry.applied_on.unwrap_or_default(),
                ]);
            }
        }
    }
    if !as_json {
        terminal::table(["DATABASE", "VERSION", "NAME", "STATE", "APPLIED"], &rows);
    }
    Ok(())
}

fn status(schemas: Schemas, as_json: bool) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for (database, mut schema) in schemas.schemas {
        let history = schema.history().map_err(app::Error::from)?;
        let count = |standing| {
            history
                .iter()
                .filter(|entry| entry.standing == standing)
                .count()
        };
        let (applied, pending) = (count(Standing::Applied), count(Standing::Pending));
        let strange = count(Standing::Diverged) + count(Standing::Unknown);
        if as_json {
            terminal::json(&json!({
                "database": database.as_str(),
                "place": schema.place(),
                "applied": applied,
                "pending": pending,
                "strange": strange,
            }))?;
        } else {
            rows.push([
                database.as_str().to_owned(),
                applied.to_string(),
                pending.to_string(),
                strange.to_string(),
                schema.place().to_owned(),
            ]);
        }
    }
    if !as_json {
        terminal::table(
            ["DATABASE", "APPLIED", "PENDING", "STRANGE", "PLACE"],
            &rows,
        );
    }
    Ok(())
}

fn check(schemas: Schemas) -> anyhow::Result<ExitCode> {
    let mut sound = true;
    for (database, mut schema) in schemas.schemas {
        let name = database.as_str();
        let told = schema.drift().map_err(app::Error::from)?;
        if told.is_empty() {
            terminal::result(format_args!("{name}: the schema is what it should be"));
        }
        for sentence in told {
            sound = false;
            terminal::result(format_args!("{name}: {sentence}"));
        }
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn stamp(schemas: Schemas, version: &str) -> anyhow::Result<()> {
    let version = match version {
        "head" => app::databases::head()?,
        version => version.parse().map_err(|_| {
            let hint = "See `lectern db history` for those there are.";
            Failure::new(format!("`{version}` is no version"), hint)
        })?,
    };
    for (database, mut schema) in schemas.schemas {
        schema.stamp(version).map_err(app::Error::from)?;
        terminal::result(format_args!("{}: stamped as {version}", database.as_str()));
    }
    Ok(())
}
