//! Jobs, their queues and who does them.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ProblemNote, count, rfc3339};

/// A job.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JobBody {
    /// Its id.
    pub id: Uuid,
    /// Its place in the order of making: `before` of the next page is the last one's.
    pub sequence: i64,
    /// `ocr` or `media`.
    pub queue: String,
    /// What is to be done, such as `read_document`.
    pub kind: String,
    /// The document it is about.
    pub document_id: Option<Uuid>,
    /// `waiting`, `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// Why it stands where it does, for the person: its place in the queue, what it waits for and how long.
    pub sentence: String,
    /// Higher comes first.
    pub priority: i64,
    /// How often it was begun.
    #[schema(schema_with = count)]
    pub attempts: u32,
    /// What is being done, while it runs.
    pub step: Option<String>,
    /// How far that is, in percent.
    pub percent: Option<u32>,
    /// What went wrong last.
    pub problem: Option<ProblemNote>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: String,
    /// When it was last begun.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub claimed_at: Option<String>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<String>,
}

impl From<app::jobs::JobReport> for JobBody {
    fn from(report: app::jobs::JobReport) -> Self {
        let job = report.job;
        let (step, percent) = job.progress.unzip();
        Self {
            id: job.id.0,
            sequence: job.sequence,
            queue: job.queue,
            kind: job.kind,
            document_id: job.document.map(|document| document.0),
            state: job.state.as_str().to_owned(),
            sentence: report.sentence,
            priority: job.priority,
            attempts: job.attempts,
            step,
            percent,
            problem: job.problem.map(ProblemNote::from),
            created_at: rfc3339(job.created_at),
            claimed_at: job.claimed_at.map(rfc3339),
            ended_at: job.ended_at.map(rfc3339),
        }
    }
}

/// One page of jobs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JobList {
    /// Newest first.
    pub jobs: Vec<JobBody>,
}

/// The jobs of a queue and who does them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueueStatistics {
    /// `ocr` or `media`.
    pub queue: String,
    /// How many wait.
    #[schema(schema_with = count)]
    pub waiting: u64,
    /// How many run.
    #[schema(schema_with = count)]
    pub running: u64,
    /// How many were done, as far as they are still kept.
    #[schema(schema_with = count)]
    pub done: u64,
    /// How many failed for good.
    #[schema(schema_with = count)]
    pub failed: u64,
    /// How many were cancelled.
    #[schema(schema_with = count)]
    pub cancelled: u64,
    /// When the oldest of those that wait was made.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub oldest_waiting_at: Option<String>,
    /// How many processes work on it.
    #[schema(schema_with = count)]
    pub processes: u64,
    /// How many jobs they do at the same time.
    #[schema(schema_with = count)]
    pub concurrency: u64,
}

impl From<app::jobs::QueueReport> for QueueStatistics {
    fn from(report: app::jobs::QueueReport) -> Self {
        use app::jobs::JobState;

        let of = |state: JobState| {
            let found = report.tallies.iter().find(|tally| tally.state == state);
            found.map_or(0, |tally| tally.jobs)
        };
        let waiting = report.tallies.iter();
        let oldest = waiting
            .filter(|tally| tally.state == JobState::Waiting)
            .map(|tally| tally.oldest_at)
            .min();
        let concurrency = report.workers.iter();
        Self {
            queue: report.queue.as_str().to_owned(),
            waiting: of(JobState::Waiting),
            running: of(JobState::Running),
            done: of(JobState::Done),
            failed: of(JobState::Failed),
            cancelled: of(JobState::Cancelled),
            oldest_waiting_at: oldest.map(rfc3339),
            processes: report.workers.len() as u64,
            concurrency: concurrency
                .map(|worker| u64::from(worker.concurrency))
                .sum(),
        }
    }
}

/// All queues.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JobStatistics {
    /// The queues.
    pub queues: Vec<QueueStatistics>,
    /// Whether a process makes what recurs.
    pub scheduled: bool,
}

impl From<app::jobs::Statistics> for JobStatistics {
    fn from(statistics: app::jobs::Statistics) -> Self {
        let queues = statistics.queues.into_iter();
        Self {
            queues: queues.map(QueueStatistics::from).collect(),
            scheduled: statistics.scheduler.is_some(),
        }
    }
}
