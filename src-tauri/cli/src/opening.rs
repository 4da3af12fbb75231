//! Opening the store for a command.

use app::{App, Settings};
use model::{Caller, Door};

use crate::{Global, terminal};

/// Opens the store that the arguments name, tells the person what `app` wants him told, and gives the
/// user of this machine as the one who asks.
pub(crate) fn open(global: &Global) -> Result<(App, Caller), app::Error> {
    let mut settings = Settings::platform_default(global.data.clone())?;
    settings.key_file.clone_from(&global.key_file);
    let app = App::open(settings)?;
    for notice in app.notices() {
        terminal::tell(format_args!("note: {}", notice.message));
    }
    let caller = app::people::local_caller(&app, Door::CommandLine);
    Ok((app, caller))
}
