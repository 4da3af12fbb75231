//! `lectern read`: reads documents and prints what they say; nothing is kept.
//!
//! Touches neither the data directory nor a key, so it works on a machine where Lectern was never
//! set up.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use app::Secret;
use app::clock::{Clock as _, SystemClock};
use app::decoding::Decoder;
use clap::ValueEnum;
use model::{Outcome, Problem};
use read::answer::Answer;
use read::{Engine, Engines, Limits, Only, Options};

use crate::file_password::FilePassword;
use crate::terminal;

/// Arguments of `lectern read`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Pictures, PDFs and other files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    password: FilePassword,
    /// Print one JSON object a file, each on its line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    how: How,
}

/// How documents are to be read; the same for every command that reads.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct How {
    /// Leave everything else out
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Recogniser of the machine-readable zone
    #[arg(long, value_enum, default_value_t = EngineName::Network)]
    engine: EngineName,
    /// Take this day for today (YYYY-MM-DD): the century of births and what has expired depend on it
    #[arg(long, value_name = "DAY")]
    day: Option<jiff::civil::Date>,
}

/// Parts of a document that can be read alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The machine-readable zone
    Mrz,
}

/// Recognisers by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EngineName {
    /// Lectern's own network
    Network,
    /// Tesseract, for comparison
    Tesseract,
}

impl Arguments {
    /// Whether Tesseract was asked for.
    pub(crate) fn uses_tesseract(&self) -> bool {
        self.how.uses_tesseract()
    }
}

impl How {
    /// Whether Tesseract takes part: it reads every printed line a second time.
    pub(crate) fn uses_tesseract(self) -> bool {
        self.engine == EngineName::Tesseract || self.only.is_none()
    }

    /// The options of a reading.
    pub(crate) fn options(self) -> Options<'static> {
        Options {
            day: self.day.unwrap_or_else(|| SystemClock.today()),
            only: match self.only {
                Some(Part::Mrz) => Only::Mrz,
                None => Only::Everything,
            },
            limits: Limits::DEFAULT,
            engine: match self.engine {
                EngineName::Network => Engine::Network,
                EngineName::Tesseract => Engine::Tesseract,
            },
            types: read::built_in_types(),
            ages: read::USUAL_AGES,
            trust: None,
        }
    }
}

/// Reads every file and prints its answer; a file that cannot be read does not stop the next.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let options = arguments.how.options();
    let password = arguments.password.named()?;
    let mut engines = Engines::new().context("the recogniser could not be set up")?;
    let mut all_read = true;
    for (number, file) in arguments.files.iter().enumerate() {
        let mut answer = answer(file, &mut engines, &options, password.as_ref());
        if is_locked(&answer)
            && let Some(password) = arguments.password.asked(answer.file.expose())
        {
            answer = self::answer(file, &mut engines, &options, Some(&password));
        }
        all_read &= answer.was_read();
        if arguments.json {
            terminal::result(serde_json::to_string(&answer)?);
        } else {
            if number > 0 {
                terminal::result("");
            }
            show(&answer);
        }
    }
    Ok(if all_read {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Whether the file waits for its password.
fn is_locked(answer: &Answer) -> bool {
    let mut problems = answer.problems.iter();
    problems.any(|problem| problem.code == "pdf_locked")
}

/// The answer for one file, whatever it is; the password opens it where it is locked.
pub(crate) fn answer(
    file: &Path,
    engines: &mut Engines,
    options: &Options<'_>,
    password: Option<&Secret>,
) -> Answer {
    let name = file.display().to_string();
    let bytes = match open(file, &options.limits) {
        Ok(bytes) => bytes,
        Err(problem) => return Answer::refused(name, problem),
    };
    let start = Instant::now();
    let decoded = Decoder::apart().decode(&bytes, &options.limits, password);
    match read::read_decoded(
        decoded,
        engines,
        options,
        &mut |_| ControlFlow::Continue(()),
    ) {
        Ok(reading) => Answer::of(name, reading, start.elapsed().as_millis() as u64),
        Err(cancelled) => Answer::refused(
            name,
            Problem {
                code: "cancelled".to_owned(),
                message: cancelled.to_string(),
            },
        ),
    }
}

/// The bytes of a file, or why there are none; a file over the limit is never taken into memory.
fn open(file: &Path, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let refused = |error: io::Error| {
        let (code, message) = match error.kind() {
            io::ErrorKind::NotFound => {
                ("file_not_found", "There is no file of this name".to_owned())
            }
            io::ErrorKind::PermissionDenied => (
                "file_not_permitted",
                "You have no permission to read this file".to_owned(),
            ),
            _ => (
                "file_unreadable",
                format!("The file cannot be read: {error}"),
            ),
        };
        Problem {
            code: code.to_owned(),
            message,
        }
    };
    let facts = fs::metadata(file).map_err(refused)?;
    if facts.is_dir() {
        return Err(Problem {
            code: "file_is_folder".to_owned(),
            message: "This is a folder, not a file: name the files in it".to_owned(),
        });
    }
    if !facts.is_file() {
        return Err(Problem {
            code: "file_not_regular".to_owned(),
            message: "This is not an ordinary file, so it is not read".to_owned(),
        });
    }
    if let Some(problem) = read::too_large(facts.len(), limits) {
        return Err(problem);
    }
    let bytes = fs::read(file).map_err(refused)?;
    read::misnamed(&bytes, &file.to_string_lossy()).map_or(Ok(bytes), Err)
}

/// Prints an answer for a person.
fn show(answer: &Answer) {
    terminal::result(answer.file.expose());
    let facts = [
        answer.document_type.map(|kind| kind.to_string()),
        answer.issuing_country.clone(),
        answer.mrz_format.map(|format| format.as_str().to_owned()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        terminal::result(format_args!("  {}", facts.join(" · ")));
    }
    for line in answer.mrz.iter().flatten() {
        terminal::result(format_args!("  {}", line.expose()));
    }
    let names = answer.fields.keys().map(|name| name.as_str().len());
    let name_width = names.max().unwrap_or(0);
    let values = answer.fields.values();
    let values = values.map(|field| field.value.expose().chars().count());
    let value_width = values.max().unwrap_or(0);
    for (name, field) in &answer.fields {
        let state = match (field.needs_review, field.proven) {
            (true, _) => "please check",
            (false, true) => "proven by its check digit",
            (false, false) => "",
        };
        let line = format!(
            "  {:name_width$}  {:value_width$}  {:5.1} %  {state}",
            name.as_str(),
            field.value.expose(),
            field.confidence * 100.0,
        );
        terminal::result(line.trim_end());
    }
    for check in &answer.checks {
        if check.outcome != Outcome::Passed {
            terminal::result(format_args!("  ! {}", check.message));
        }
    }
    for problem in &answer.problems {
        terminal::result(format_args!("  ! {}", problem.message));
    }
}
