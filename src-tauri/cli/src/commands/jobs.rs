//! `lectern jobs`: what waits, what is being done, what failed, and stepping in.

use std::process::ExitCode;

use api::wire::{JobBody, JobStatistics};
use app::jobs::{Filter, JobReport, JobState, Queue};
use clap::Subcommand;
use model::JobId;

use crate::{Global, opening, terminal};

/// What to do with jobs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the jobs that wait, run or failed, each with the reason
    List {
        /// Only jobs of this queue: ocr or media
        #[arg(long, value_name = "QUEUE")]
        queue: Option<Queue>,
        /// Only jobs in this state: waiting, running, done, failed or cancelled (can be repeated)
        #[arg(long, value_name = "STATE", default_values_t = ["waiting", "running", "failed"].map(String::from))]
        state: Vec<String>,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Show one job
    Show {
        /// Its id
        id: JobId,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Let a waiting job be done at once, and a failed or cancelled one anew
    Retry {
        /// Its id
        id: JobId,
    },
    /// Call off a job that waits or runs
    Cancel {
        /// Its id
        id: JobId,
    },
    /// Count the jobs of each queue, and those who do them
    Stats {
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::List { queue, state, json } => {
            let states = state.iter().map(|word| word.parse::<JobState>());
            let states = states
                .collect::<Result<Vec<_>, _>>()
                .map_err(anyhow::Error::msg)?;
            list(&app, &caller, queue, states, json)?;
        }
        Command::Show { id, json } => show(app::jobs::get(&app, &caller, id)?, json)?,
        Command::Retry { id } => show(app::jobs::retry(&app, &caller, id)?, false)?,
        Command::Cancel { id } => show(app::jobs::cancel(&app, &caller, id)?, false)?,
        Command::Stats { json } => {
            statistics(&app::jobs::statistics(&app, &caller)?.into(), json)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(
    app: &app::App,
    caller: &model::Caller,
    queue: Option<Queue>,
    states: Vec<JobState>,
    json: bool,
) -> anyhow::Result<()> {
    let mut filter = Filter {
        queue,
        states,
        before: None,
        limit: 200,
    };
    let mut rows = Vec::new();
    loop {
        let page = app::jobs::list(app, caller, &filter)?;
        let Some(last) = page.last() else { break };
        filter.before = Some(last.job.sequence);
        for report in page {
            if json {
                terminal::json(&JobBody::from(report))?;
            } else {
                rows.push(row(report));
            }
        }
    }
    if !json {
        terminal::table(["ID", "QUEUE", "KIND", "STATE", ""], &rows);
    }
    Ok(())
}

fn row(report: JobReport) -> [String; 5] {
    let job = report.job;
    [
        job.id.to_string(),
        job.queue,
        job.kind,
        job.state.as_str().to_owned(),
        report.sentence,
    ]
}

fn show(report: JobReport, json: bool) -> anyhow::Result<()> {
    let body = JobBody::from(report);
    if json {
        return terminal::json(&body);
    }
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let document = body.document_id.map(|id| id.to_string());
    for (name, value) in [
        ("id", body.id.to_string()),
        ("queue", body.queue),
        ("kind", body.kind),
        ("document", or_dash(document)),
        ("state", body.state),
        ("why", body.sentence),
        ("attempts", body.attempts.to_string()),
        ("made", body.created_at),
        ("begun", or_dash(body.claimed_at)),
        ("ended", or_dash(body.ended_at)),
    ] {
        terminal::result(format_args!("{name:9} {value}"));
    }
    Ok(())
}

fn statistics(statistics: &JobStatistics, json: bool) -> anyhow::Result<()> {
    if json {
        return terminal::json(statistics);
    }
    let rows = statistics.queues.iter().map(|queue| {
        [
            queue.queue.clone(),
            queue.waiting.to_string(),
            queue.running.to_string(),
            queue.failed.to_string(),
            queue.done.to_string(),
            queue.cancelled.to_string(),
            queue.processes.to_string(),
            queue.concurrency.to_string(),
        ]
    });
    terminal::table(
        [
            "QUEUE",
            "WAITING",
            "RUNNING",
            "FAILED",
            "DONE",
            "CANCELLED",
            "PROCESSES",
            "AT ONCE",
        ],
        &rows.collect::<Vec<_>>(),
    );
    if !statistics.scheduled {
        terminal::tell("No process makes what recurs; `lectern serve` and `lectern work` do.");
    }
    Ok(())
}
