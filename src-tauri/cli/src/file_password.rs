//! The password of a locked file: from another file or a prompt, never from an argument, which every
//! user of the machine can read while the program runs.

use std::fs::File;
use std::io::{IsTerminal as _, Read as _};
use std::path::PathBuf;

use app::Secret;

use crate::failure::Failure;

/// Where the password of locked files comes from.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct FilePassword {
    /// Open locked PDFs with the password in the first line of this file, or of standard input for `-`
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl FilePassword {
    /// The password that was named, if one was.
    pub(crate) fn named(&self) -> Result<Option<Secret>, Failure> {
        /// Longer than any password of a file with the end of its line.
        const LONGEST: u64 = 256;

        let Some(path) = &self.password_file else {
            return Ok(None);
        };
        let mut text = String::new();
        let read = if path.as_os_str() == "-" {
            std::io::stdin().take(LONGEST).read_to_string(&mut text)
        } else {
            File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text))
        };
        read.map_err(|error| {
            Failure::new(
                format!("The password in `{}` cannot be read", path.display()),
                "Put it into the first line of a text file that only you can read",
            )
            .because(error)
        })?;
        let line = text.lines().next().unwrap_or_default();
        Ok((!line.is_empty()).then(|| Secret::new(line.to_owned())))
    }

    /// Asks for the password of a file that turned out to be locked, where somebody sits at a terminal.
    pub(crate) fn asked(&self, name: &str) -> Option<Secret> {
        if self.password_file.is_some() || !std::io::stdin().is_terminal() {
            return None;
        }
        let asked = rpassword::prompt_password(format!("Password of {name}: "));
        asked.ok().filter(|text| !text.is_empty()).map(Secret::new)
    }
}
