//! Opening the store for a command.

use std::io::Read as _;

use app::databases::{Address, Database};
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
    let settings = Settings::platform_default(global.data.clone())?;
    let mut settings = settings.with_environment()?;
    settings.key_file.clone_from(&global.key_file);
    if let Some(url) = &global.database_url {
        let address = url.parse::<Address>()?;
        settings.databases.insert(Database::Default, address);
    }
    if let Some(url) = &global.blobs_url {
        let variable = |name: &str| std::env::var(name).ok();
        settings.bucket = Some(Bucket::from_url(url, variable)?);
    }
    Ok(settings)
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
