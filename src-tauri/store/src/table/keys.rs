//! Under what a document is looked for by others, as keyed digests.

use model::DocumentId;

use crate::{
    Error, Snapshot, Transaction,
    sql::{Value, values},
};

/// Keys of one question to the engine: fewer than it takes parameters.
const AT_ONCE: usize = 100;

/// Replaces the keys of a document.
pub fn set(transaction: &Transaction, id: DocumentId, keys: &[String]) -> Result<(), Error> {
    transaction.execute(
        "DELETE FROM document_keys WHERE document_id = ?",
        values![id],
    )?;
    for key in keys {
        transaction.execute(
            "INSERT INTO document_keys (document_id, key) VALUES (?, ?)
             ON CONFLICT (document_id, key) DO NOTHING",
            values![id, key.as_str()],
        )?;
    }
    Ok(())
}

/// At most `most` other documents that share a key with this one, those that share most first.
pub fn sharing(
    snapshot: &Snapshot,
    id: DocumentId,
    keys: &[String],
    most: u32,
) -> Result<Vec<DocumentId>, Error> {
    let keys = keys.get(..AT_ONCE.min(keys.len())).unwrap_or_default();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = keys.iter().map(|key| Value::from(key.as_str())).collect();
    values.push(id.into());
    values.push(most.into());
    snapshot.all(&sharing_any(keys.len()), &values, |row| {
        row.parse("document_id")
    })
}

fn sharing_any(keys: usize) -> String {
    let marks = vec!["?"; keys].join(", ");
    format!(
        "SELECT document_id FROM document_keys WHERE key IN ({marks}) AND document_id <> ?
         GROUP BY document_id ORDER BY count(*) DESC, document_id LIMIT ?"
    )
}

/// How the engine of a file would go about [`sharing`]: the steps that look into the table.
pub fn plan(snapshot: &Snapshot) -> Result<Vec<String>, Error> {
    let sql = format!("EXPLAIN QUERY PLAN {}", sharing_any(2));
    let values = [0_i64, 1, 2, 3].map(Value::from);
    let steps: Vec<String> = snapshot.all(&sql, &values, |row| row.get("detail"))?;
    let looks = steps
        .into_iter()
        .filter(|step| step.contains("document_keys"));
    Ok(looks.collect())
}
