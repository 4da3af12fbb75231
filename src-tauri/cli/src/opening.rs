//! Opening the store for a command.

use app::databases::{Address, Database};
use std::io::Read as _;
use std::path::PathBuf;

use app::{App, Bucket, Secret, Settings};
use model::{Caller, Door};

use crate::failure::Failure;
use crate::{Global, terminal};

/// Opens the store that the arguments name, tells the person what `app` wants him told, and gives the
/// user of this machine as the one who asks.
pub(crate) fn open(global: &Global) -> Result<(App, Caller), app::Error> {
    let app = App::open(settings(global)?)?;
    for notice in app.notices() {
        terminal::tell(format_args!("note: {}", notice.message));
    }
    if let Some(code) = app.recovery_code() {
        terminal::tell(format_args!(
            "note: The recovery code of this new store is {}. Write it down and keep it apart from the data: with a copy of the data it opens the store on any machine. It is shown only now",
            code.expose()
        ));
    }
    let caller = app::people::local_caller(&app, Door::CommandLine);
    Ok((app, caller))
}

/// What the arguments and the environment say about where the store is and what opens it.
pub(crate) fn settings(global: &Global) -> Result<Settings, app::Error> {
    let mut settings = Settings::platform_default(global.data.clone())?;
    settings.key_file.clone_from(&global.key_file);
    // No argument: every user of the machine can read those of a running program.
    settings.key = variable("LECTERN_KEY").map(Secret::new);
    let urls = [
        (Database::Default, global.database_url.clone()),
        (
            Database::Analytics,
            variable("LECTERN_ANALYTICS_DATABASE_URL"),
        ),
        (Database::Logging, variable("LECTERN_LOGGING_DATABASE_URL")),
        (Database::Archive, variable("LECTERN_ARCHIVE_DATABASE_URL")),
    ];
    for (database, url) in urls {
        if let Some(url) = url {
            settings.databases.insert(database, url.parse::<Address>()?);
        }
    }
    settings.backup_dir = variable("LECTERN_BACKUP_DIR").map(PathBuf::from);
    if let Some(url) = &global.blobs_url {
        settings.bucket = Some(Bucket::from_url(url, variable)?);
    }
    Ok(settings)
}

/// A variable of the environment that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A recovery code as it was given, or, for `-`, read from standard input, where no other user of the machine
/// can see it.
pub(crate) fn typed(code: Option<String>) -> Result<Option<Secret>, Failure> {
    /// Longer than any code with spaces in it.
    const LONGEST: u64 = 256;

    match code {
        Some(code) if code == "-" => {
            let mut text = String::new();
            match std::io::stdin().take(LONGEST).read_to_string(&mut text) {
                Ok(_) => Ok(Some(Secret::new(text))),
                Err(error) => Err(Failure::new(
                    "The recovery code cannot be read from standard input",
                    "Give it with --code CODE",
                )
                .because(error)),
            }
        }
        code => Ok(code.map(Secret::new)),
    }
}
