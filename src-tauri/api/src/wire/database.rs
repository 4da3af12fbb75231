//! The databases of a store, for whoever looks after them.

use model::Personal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{count, rfc3339};

/// One of the four databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseName {
    /// Documents, people, jobs, and whatever has no other place.
    Default,
    /// Figures about use.
    Analytics,
    /// The audit, away from those who could alter it.
    Logging,
    /// Records that are closed.
    Archive,
}

impl From<app::databases::Database> for DatabaseName {
    fn from(database: app::databases::Database) -> Self {
        use app::databases::Database;

        match database {
            Database::Default => Self::Default,
            Database::Analytics => Self::Analytics,
            Database::Logging => Self::Logging,
            Database::Archive => Self::Archive,
        }
    }
}

impl From<DatabaseName> for app::databases::Database {
    fn from(name: DatabaseName) -> Self {
        match name {
            DatabaseName::Default => Self::Default,
            DatabaseName::Analytics => Self::Analytics,
            DatabaseName::Logging => Self::Logging,
            DatabaseName::Archive => Self::Archive,
        }
    }
}

/// Where a database is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DatabaseConfigured {
    /// Which one.
    pub database: DatabaseName,
    /// Its file or server, without name and password; null when the default one stands in for it.
    pub place: Option<String>,
    /// The tables that are routed there.
    pub tables: Vec<String>,
}

impl From<app::databases::Configured> for DatabaseConfigured {
    fn from(configured: app::databases::Configured) -> Self {
        Self {
            database: configured.database.into(),
            place: configured.place,
            tables: configured.tables.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// How a database is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DatabaseHealth {
    /// Which one.
    pub database: DatabaseName,
    /// Whether it answers.
    pub ok: bool,
    /// Its engine with the version, or what is wrong.
    pub message: String,
}

impl From<app::databases::Health> for DatabaseHealth {
    fn from(health: app::databases::Health) -> Self {
        let ok = health.answer.is_ok();
        Self {
            database: health.database.into(),
            ok,
            message: health.answer.unwrap_or_else(|complaint| complaint),
        }
    }
}

/// The size of a table.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TableSize {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    #[schema(schema_with = count)]
    pub rows: u64,
}

/// The size of a database.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DatabaseStatistics {
    /// Which one.
    pub database: DatabaseName,
    /// Its engine and version.
    pub engine: String,
    /// Bytes on its disk.
    #[schema(schema_with = count)]
    pub size: u64,
    /// Every table.
    pub tables: Vec<TableSize>,
}

impl DatabaseStatistics {
    /// The wire form of what is known of a database.
    pub fn new(database: app::databases::Database, overview: app::databases::Overview) -> Self {
        let tables = overview.tables.into_iter();
        Self {
            database: database.into(),
            engine: overview.engine,
            size: overview.size,
            tables: tables
                .map(|(name, rows)| TableSize { name, rows })
                .collect(),
        }
    }
}

/// All databases and where they are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DatabaseList {
    /// Those of a store, in a fixed order.
    pub databases: Vec<DatabaseConfigured>,
}

/// How all databases are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DatabaseHealthList {
    /// Those that are set up.
    pub databases: Vec<DatabaseHealth>,
}

/// How large all databases are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DatabaseStatisticsList {
    /// Those that are set up.
    pub databases: Vec<DatabaseStatistics>,
}

/// A backup.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BackupBody {
    /// Its id, which sorts by time.
    pub id: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: String,
    /// How many rows are in it.
    #[schema(schema_with = count)]
    pub rows: u64,
    /// How many stored files belong to it.
    #[schema(schema_with = count)]
    pub objects: u64,
    /// How many stored files were missing when it was made.
    #[schema(schema_with = count)]
    pub missing: u64,
}

/// The backups that a job makes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BackupList {
    /// The folder they are made in; null when none is set.
    pub folder: Option<String>,
    /// Newest first.
    pub backups: Vec<BackupBody>,
}

impl From<Option<(std::path::PathBuf, Vec<app::backup::Summary>)>> for BackupList {
    fn from(found: Option<(std::path::PathBuf, Vec<app::backup::Summary>)>) -> Self {
        let (folder, made) = found.unzip();
        let made = made.unwrap_or_default().into_iter();
        Self {
            folder: folder.map(|folder| folder.display().to_string()),
            backups: made
                .map(|one| BackupBody {
                    id: one.id,
                    made_at: rfc3339(one.made_at),
                    rows: one.rows,
                    objects: one.objects,
                    missing: one.missing,
                })
                .collect(),
        }
    }
}

/// A figure about use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UsageFigure {
    /// The day, in UTC.
    #[schema(format = Date)]
    pub day: String,
    /// `kept` (by status, as of the day), `submitted`, `read`, `reading_time`, `corrected` (by field and kind)
    /// or `waiting_time` (of jobs, by queue).
    pub measure: String,
    /// Family and side; empty where it is not known or does not matter.
    pub document_type: String,
    /// A status, `field:kind`, or a queue; empty where there is none.
    pub part: String,
    /// How many.
    #[schema(schema_with = count)]
    pub count: u64,
    /// Milliseconds in all, where time was measured.
    #[schema(schema_with = count)]
    pub total_ms: u64,
    /// The most milliseconds of one.
    #[schema(schema_with = count)]
    pub longest_ms: u64,
}

impl From<app::usage::Figure> for UsageFigure {
    fn from(figure: app::usage::Figure) -> Self {
        Self {
            day: figure.day,
            measure: figure.measure.as_str().to_owned(),
            document_type: figure.document_type,
            part: figure.part,
            count: figure.counted,
            total_ms: figure.total_ms,
            longest_ms: figure.longest_ms,
        }
    }
}

/// Figures about use; nothing in them is about a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UsageList {
    /// By day and measure.
    pub figures: Vec<UsageFigure>,
}

/// A question in SQL.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DatabaseQuestion {
    /// One `SELECT`; nothing can be changed by it.
    #[schema(value_type = String)]
    pub sql: Personal,
    /// How many rows at most, 1 to 1000; 100 when left out.
    #[schema(minimum = 1, maximum = 1000)]
    pub limit: Option<u32>,
}

/// What a question was answered with. It may hold anything about persons.
#[derive(Clone, Serialize, ToSchema)]
pub struct DatabaseAnswer {
    /// Each row with its columns by name.
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<serde_json::Value>,
}

impl std::fmt::Debug for DatabaseAnswer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} rows", self.rows.len())
    }
}
