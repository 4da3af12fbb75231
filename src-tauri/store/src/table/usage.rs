//! Figures about use: what they are made of, in the default database, and what is kept of them, in the
//! database `analytics`.

use model::Timestamp;

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, values},
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Open documents at the end of the day, by status.
    Kept,
    /// Documents that were submitted.
    Submitted,
    /// Readings.
    Read,
    /// How long a reading took, from being begun to its end.
    ReadingTime,
    /// What people did to fields, by field and kind.
    Corrected,
    /// How long jobs waited, from being made to being begun, by queue.
    WaitingTime,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Kept,
        Self::Submitted,
        Self::Read,
        Self::ReadingTime,
        Self::Corrected,
        Self::WaitingTime,
    ];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Submitted => "submitted",
            Self::Read => "read",
            Self::ReadingTime => "reading_time",
            Self::Corrected => "corrected",
            Self::WaitingTime => "waiting_time",
        }
    }
}

impl std::str::FromStr for Measure {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|one| one.as_str() == word);
        found.ok_or_else(|| format!("`{word}` is not measured"))
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The day, in days since 1970-01-01 UTC.
    pub day: i64,
    /// What was counted.
    pub measure: Measure,
    /// Family and side; empty where it is not known or does not matter.
    pub document_type: String,
    /// A status, a field with what was done to it, or a queue; empty where there is none.
    pub part: String,
    /// How many.
    pub counted: u64,
    /// Milliseconds in all, where time was measured.
    pub total_ms: u64,
    /// The most milliseconds of one.
    pub longest_ms: u64,
}

/// A day as it is kept and shown, and what it is from.
pub type Kept = (String, Figure);

/// What happened later than `from` and not later than `until`, but for the measure of every moment.
const FLOWS: [(Measure, &str); 5] = [
    (
        Measure::Submitted,
        "SELECT submitted_at / 86400000 AS day, coalesce(document_type, '') AS document_type,
             '' AS part, count(*) AS counted, 0 AS total_ms, 0 AS longest_ms
         FROM documents WHERE submitted_at > ? AND submitted_at <= ? GROUP BY 1, 2",
    ),
    (
        Measure::Read,
        "SELECT read_at / 86400000 AS day, coalesce(document_type, '') AS document_type,
             '' AS part, count(*) AS counted, 0 AS total_ms, 0 AS longest_ms
         FROM readings JOIN documents ON documents.id = readings.document_id
         WHERE read_at > ? AND read_at <= ? GROUP BY 1, 2",
    ),
    (
        Measure::ReadingTime,
        "SELECT ended_at / 86400000 AS day, coalesce(document_type, '') AS document_type,
             '' AS part, count(*) AS counted,
             CAST(sum(CASE WHEN ended_at > claimed_at THEN ended_at - claimed_at ELSE 0 END)
                 AS BIGINT) AS total_ms,
             max(CASE WHEN ended_at > claimed_at THEN ended_at - claimed_at ELSE 0 END)
                 AS longest_ms
         FROM jobs JOIN documents ON documents.id = jobs.document_id
         WHERE ended_at > ? AND ended_at <= ? AND state = 'done' AND kind = 'read_document'
         GROUP BY 1, 2",
    ),
    (
        Measure::Corrected,
        "SELECT corrected_at / 86400000 AS day, coalesce(document_type, '') AS document_type,
             field || ':' || kind AS part, count(*) AS counted, 0 AS total_ms, 0 AS longest_ms
         FROM corrections JOIN documents ON documents.id = corrections.document_id
         WHERE corrected_at > ? AND corrected_at <= ? GROUP BY 1, 2, 3",
    ),
    (
        Measure::WaitingTime,
        "SELECT ended_at / 86400000 AS day, '' AS document_type, queue AS part,
             count(*) AS counted,
             CAST(sum(CASE WHEN claimed_at > created_at THEN claimed_at - created_at ELSE 0 END)
                 AS BIGINT) AS total_ms,
             max(CASE WHEN claimed_at > created_at THEN claimed_at - created_at ELSE 0 END)
                 AS longest_ms
         FROM jobs
         WHERE ended_at > ? AND ended_at <= ? AND claimed_at IS NOT NULL GROUP BY 1, 3",
    ),
];

fn from_row(row: &Row<'_>, measure: Measure) -> Result<Figure, Error> {
    Ok(Figure {
        day: row.get("day")?,
        measure,
        document_type: row.get("document_type")?,
        part: row.get("part")?,
        counted: row.get("counted")?,
        total_ms: row.get("total_ms")?,
        longest_ms: row.get("longest_ms")?,
    })
}

/// What happened later than one instant and not later than another.
pub fn happened(
    snapshot: &Snapshot,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Figure>, Error> {
    let mut figures = Vec::new();
    for (measure, sql) in FLOWS {
        figures.extend(snapshot.all(sql, values![from, until], |row| from_row(row, measure))?);
    }
    Ok(figures)
}

/// How many open documents there are of each type and status, as of a day.
pub fn kept(snapshot: &Snapshot, day: i64) -> Result<Vec<Figure>, Error> {
    snapshot.all(
        "SELECT CAST(? AS BIGINT) AS day, coalesce(document_type, '') AS document_type,
             status AS part, count(*) AS counted, 0 AS total_ms, 0 AS longest_ms
         FROM documents WHERE archived_at IS NULL
         GROUP BY coalesce(document_type, ''), status",
        values![day],
        |row| from_row(row, Measure::Kept),
    )
}

/// Adds a figure to what is kept of its day, under the day as it is written.
pub fn add(transaction: &Transaction, day: &str, figure: &Figure) -> Result<(), Error> {
    let (measure, kind, part) = (
        figure.measure.as_str(),
        figure.document_type.as_str(),
        figure.part.as_str(),
    );
    transaction.execute(
        "INSERT INTO usage (id, day, measure, document_type, part, counted, total_ms, longest_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET counted = usage.counted + excluded.counted,
             total_ms = usage.total_ms + excluded.total_ms,
             longest_ms = CASE WHEN usage.longest_ms > excluded.longest_ms
                 THEN usage.longest_ms ELSE excluded.longest_ms END",
        values![
            format!("{day}/{measure}/{kind}/{part}"),
            day,
            measure,
            kind,
            part,
            figure.counted as i64,
            figure.total_ms as i64,
            figure.longest_ms as i64,
        ],
    )?;
    Ok(())
}

/// Drops what is kept of a measure of a day.
pub fn forget(transaction: &Transaction, day: &str, measure: Measure) -> Result<(), Error> {
    transaction.execute(
        "DELETE FROM usage WHERE day = ? AND measure = ?",
        values![day, measure.as_str()],
    )?;
    Ok(())
}

/// What is kept of the days from one to another, both included, as they are written.
pub fn list(snapshot: &Snapshot, from: &str, to: &str) -> Result<Vec<Kept>, Error> {
    snapshot.all(
        "SELECT day AS written, 0 AS day, measure, document_type, part, counted, total_ms,
             longest_ms
         FROM usage WHERE usage.day >= ? AND usage.day <= ?
         ORDER BY usage.day, measure, document_type, part",
        values![from, to],
        |row| {
            let measure = row.parse("measure")?;
            Ok((row.get("written")?, from_row(row, measure)?))
        },
    )
}
