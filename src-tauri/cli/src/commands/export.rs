//! `lectern export`: records on their way out.

use std::fs::OpenOptions;
use std::io::BufWriter;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::exports::Format;
use app::search::Search;
use clap::ValueEnum;
use model::{DocumentStatus, Personal};

use crate::{Global, opening, terminal};

/// Arguments of `lectern export`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// What to write
    #[arg(long, value_enum, default_value = "json")]
    format: Form,
    /// Where to write it, a file that does not exist yet; by default it is printed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only documents of this status; may be given more than once
    #[arg(long, value_name = "STATUS")]
    status: Vec<DocumentStatus>,
    /// Only documents of this family, such as `passport`; may be given more than once
    #[arg(long = "type", value_name = "TYPE")]
    document_type: Vec<String>,
    /// Only documents issued by this state; may be given more than once
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,
    /// Read words to look for from the standard input, so that no name stands in a command line
    #[arg(long)]
    words: bool,
}

/// The form of an export.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// An array of one object a line, with corrections and evidence
    Json,
    /// A row a document and a column a field
    Csv,
}

/// Writes every record that is asked for.
pub(crate) fn run(global: &Global, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let text = if arguments.words {
        std::io::read_to_string(std::io::stdin())?
    } else {
        String::new()
    };
    let search = Search {
        text: Personal::new(text),
        status: arguments.status,
        document_type: arguments.document_type,
        issuing_country: arguments.country,
        ascending: true,
        ..Search::default()
    };
    let format = match arguments.format {
        Form::Json => Format::Json,
        Form::Csv => Format::Csv,
    };
    let (app, caller) = opening::open(global)?;
    let count = match &arguments.out {
        None => app::exports::write(
            &app,
            &caller,
            &search,
            format,
            &mut std::io::stdout().lock(),
        )?,
        Some(path) => {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options
                .open(path)
                .with_context(|| format!("`{}` cannot be written", path.display()))?;
            let mut file = BufWriter::new(file);
            app::exports::write(&app, &caller, &search, format, &mut file)?
        }
    };
    terminal::tell(format!("{count} records were written"));
    Ok(ExitCode::SUCCESS)
}
