//! The words of documents, for finding them. What a word is, and how it is folded, is decided elsewhere:
//! here words are runs of letters, digits and underscores, in lower case.

use model::DocumentId;

use crate::{Error, Snapshot, Transaction, dialect, sql::values};

/// Keeps the words of a document in the place of those it had.
pub fn set(transaction: &Transaction, id: DocumentId, words: &[String]) -> Result<(), Error> {
    forget(transaction, id)?;
    let sql = if transaction.is_on_server() {
        dialect::ADD_TERMS_SERVER
    } else {
        dialect::ADD_TERMS_FILE
    };
    transaction.execute(sql, values![words.join(" "), id])?;
    Ok(())
}

/// Keeps the words of documents that have none yet.
pub fn add_all<'a>(
    transaction: &Transaction,
    documents: impl IntoIterator<Item = (DocumentId, &'a [String])>,
) -> Result<(), Error> {
    let sql = if transaction.is_on_server() {
        dialect::ADD_TERMS_OF_MANY_SERVER
    } else {
        dialect::ADD_TERMS_OF_MANY_FILE
    };
    let row = |(id, words): (DocumentId, &[String])| values![words.join(" "), id].to_vec();
    let rows: Vec<_> = documents.into_iter().map(row).collect();
    transaction.insert_all(sql, &rows)
}

/// Drops the words of a document.
pub(crate) fn forget(transaction: &Transaction, id: DocumentId) -> Result<(), Error> {
    let sql = if transaction.is_on_server() {
        dialect::FORGET_TERMS_SERVER
    } else {
        dialect::FORGET_TERMS_FILE
    };
    transaction.execute(sql, values![id])?;
    Ok(())
}

/// At most `limit` documents that were read and whose words are not kept, with their numbers, which are
/// higher than one.
pub fn missing(
    snapshot: &Snapshot,
    after: i64,
    limit: u32,
) -> Result<Vec<(i64, DocumentId)>, Error> {
    let sql = if snapshot.is_on_server() {
        dialect::WITHOUT_TERMS_SERVER
    } else {
        dialect::WITHOUT_TERMS_FILE
    };
    snapshot.all(sql, values![after, limit], |row| {
        Ok((row.get("number")?, row.parse("id")?))
    })
}

/// The condition of having a word for each group, beginning with one of its beginnings, and its parameter.
/// None where the groups hold nothing that could be a word.
pub(crate) fn question(
    snapshot: &Snapshot,
    groups: &[Vec<String>],
) -> Option<(&'static str, String)> {
    let (condition, quote, any, or, and) = if snapshot.is_on_server() {
        (dialect::HAS_TERMS_SERVER, '\'', ":*", " | ", " & ")
    } else {
        (dialect::HAS_TERMS_FILE, '"', "*", " OR ", " AND ")
    };
    let group = |beginnings: &Vec<String>| {
        // A quote would end the word and begin something that the engine obeys.
        let plain = beginnings.iter().map(|beginning| {
            let is_plain = |one: &char| one.is_alphanumeric() || *one == '_';
            beginning.chars().filter(is_plain).collect::<String>()
        });
        let words: Vec<String> = plain
            .filter(|word| !word.is_empty())
            .map(|word| format!("{quote}{word}{quote}{any}"))
            .collect();
        (!words.is_empty()).then(|| format!("({})", words.join(or)))
    };
    let groups: Vec<String> = groups.iter().filter_map(group).collect();
    (!groups.is_empty()).then(|| (condition, groups.join(and)))
}
