//! What was found about two documents, and what people said of it.

use model::{Comparison, DocumentId, Question, Reason, Relation, Timestamp, UserId, Verdict};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, damaged, values},
};

/// What a person said about two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// What was asked.
    pub question: Question,
    /// One of the documents.
    pub one: DocumentId,
    /// The other.
    pub other: DocumentId,
    /// The answer.
    pub verdict: Verdict,
    /// Who said it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

const SELECT: &str = "SELECT question, one, other, score, reasons, verdict FROM relations";

fn from_row(row: &Row<'_>) -> Result<Relation, Error> {
    let found = match row.get::<Option<i64>>("score")? {
        Some(score) => Some(Comparison {
            log_odds: score as f32 / 1000.0,
            reasons: row.json::<Vec<Reason>>("reasons")?,
        }),
        None => None,
    };
    Ok(Relation {
        question: row.parse("question")?,
        one: row.parse("one")?,
        other: row.parse("other")?,
        found,
        verdict: row.parse_some("verdict")?,
    })
}

fn ends(one: DocumentId, other: DocumentId) -> (DocumentId, DocumentId) {
    (one.min(other), one.max(other))
}

fn key(question: Question, one: DocumentId, other: DocumentId) -> String {
    format!("{} {one} {other}", question.as_str())
}

/// Keeps what was found about two documents; what a person said of it stays.
pub fn found(
    transaction: &Transaction,
    question: Question,
    (one, other): (DocumentId, DocumentId),
    comparison: &Comparison,
    at: Timestamp,
) -> Result<(), Error> {
    let (one, other) = ends(one, other);
    let reasons = serde_json::to_string(&comparison.reasons).map_err(|_| damaged("reasons"))?;
    transaction.execute(
        "INSERT INTO relations (id, question, one, other, score, reasons, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons,
             changed_at = excluded.changed_at",
        values![
            key(question, one, other),
            question.as_str(),
            one,
            other,
            (comparison.log_odds * 1000.0).round() as i64,
            reasons,
            at,
        ],
    )?;
    Ok(())
}

/// Forgets what was found about a document and a question; what a person said stays.
pub fn forget(
    transaction: &Transaction,
    question: Question,
    document: DocumentId,
) -> Result<(), Error> {
    transaction.execute(
        "DELETE FROM relations WHERE question = ? AND (one = ? OR other = ?) AND verdict IS NULL",
        values![question.as_str(), document, document],
    )?;
    transaction.execute(
        "UPDATE relations SET score = NULL, reasons = '[]'
         WHERE question = ? AND (one = ? OR other = ?)",
        values![question.as_str(), document, document],
    )?;
    Ok(())
}

/// Appends what a person said, which holds from now on.
pub fn say(transaction: &Transaction, said: &Said) -> Result<(), Error> {
    let (one, other) = ends(said.one, said.other);
    transaction.execute(
        "INSERT INTO verdicts (question, one, other, verdict, said_by, said_at)
         VALUES (?, ?, ?, ?, ?, ?)",
        values![
            said.question.as_str(),
            one,
            other,
            said.verdict.as_str(),
            said.by,
            said.at,
        ],
    )?;
    transaction.execute(
        "INSERT INTO relations (id, question, one, other, reasons, verdict, changed_at)
         VALUES (?, ?, ?, ?, '[]', ?, ?)
         ON CONFLICT (id) DO UPDATE SET verdict = excluded.verdict,
             changed_at = excluded.changed_at",
        values![
            key(said.question, one, other),
            said.question.as_str(),
            one,
            other,
            said.verdict.as_str(),
            said.at,
        ],
    )?;
    Ok(())
}

/// Whether a document is one with others: a side of one, a part of a picture, or what a person said
/// something of. Such rows hold it beside the others.
pub fn binds(snapshot: &Snapshot, document: DocumentId) -> Result<bool, Error> {
    let bonds: i64 = snapshot.one(
        "SELECT count(*) AS bonds FROM documents WHERE id = ? AND (
             side_of IS NOT NULL OR cut_from IS NOT NULL OR parts > 0
             OR EXISTS (SELECT 1 FROM documents AS side WHERE side.side_of = documents.id)
             OR EXISTS (SELECT 1 FROM verdicts WHERE one = documents.id)
             OR EXISTS (SELECT 1 FROM verdicts WHERE other = documents.id)
         )",
        values![document],
        |row| row.get("bonds"),
    )?;
    Ok(bonds > 0)
}

/// Everything that is known about a document and others, the likeliest first.
pub fn of_document(snapshot: &Snapshot, document: DocumentId) -> Result<Vec<Relation>, Error> {
    let sql = format!(
        "{SELECT} WHERE one = ? OR other = ? ORDER BY COALESCE(score, 0) DESC, one, other, question"
    );
    snapshot.all(&sql, values![document, document], from_row)
}

/// At most `limit` possible duplicates of which nobody has said anything, the likeliest first.
pub fn open(
    snapshot: &Snapshot,
    question: Question,
    least: f32,
    limit: u32,
) -> Result<Vec<Relation>, Error> {
    let sql = format!(
        "{SELECT} WHERE question = ? AND verdict IS NULL AND score >= ?
         ORDER BY score DESC, one, other LIMIT ?"
    );
    let least = (least * 1000.0).round() as i64;
    snapshot.all(&sql, values![question.as_str(), least, limit], from_row)
}
