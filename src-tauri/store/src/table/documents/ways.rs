//! The way to the rows of a list, in a file of any size.
//!
//! The engine of a file plans a statement without knowing how often a value occurs, and uses one index of a
//! table. So the way is chosen here, by counting a little first: where few documents satisfy a demand, they
//! are collected by its index and sorted; where many do, the index of the order is followed until a page is
//! full, which is soon. The indexes hold what filters ask for beside what they are sorted by, because to
//! look at a row costs ten times as much as to look at the next entry of an index. A plus before a column
//! is how the engine is told not to use its index.
//!
//! A server keeps statistics of values and combines indexes, so there one statement is enough.

#[cfg(test)]
mod tests;

use super::{Key, Order};
use crate::{Error, Snapshot, dialect, sql::Value};

/// What so few documents satisfy is collected and sorted; a row takes some ten microseconds.
const FEW: u32 = 1000;

/// Up to here demands are counted to find the one that fewest documents satisfy.
const COUNTED: u32 = 50_000;

/// From words to their documents, in this direction, and to the narrow index rather than to the wide rows.
const TERMS_FIRST: &str = "document_terms CROSS JOIN documents INDEXED BY documents_number";
const OF_TERMS: &str = "documents.number = document_terms.rowid";

/// The columns that an index begins with.
const INDEXED: [&str; 11] = [
    "status",
    "document_type",
    "issuing_country",
    "submitted_by",
    "submitted_at",
    "assigned_to",
    "archived_at",
    "trashed_at",
    "confidence",
    "doubtful",
    "date_of_expiry",
];

/// One thing that is asked of a document, with its parameters.
#[derive(Clone)]
pub(super) struct Demand {
    sql: String,
    values: Vec<Value>,
}

impl Demand {
    /// Divides parameters among the conditions that have the question marks for them. What is asked of one
    /// column is one demand, such as a beginning and an end.
    pub(super) fn of(conditions: Vec<String>, values: Vec<Value>) -> Vec<Self> {
        let mut values = values.into_iter();
        let mut demands: Vec<Self> = Vec::new();
        for sql in conditions {
            let marks = sql.matches('?').count();
            let demand = Self {
                sql,
                values: values.by_ref().take(marks).collect(),
            };
            let same = |other: &&mut Self| {
                demand.is_indexed() && !demand.is_of_words() && other.column() == demand.column()
            };
            match demands.iter_mut().find(same) {
                Some(other) => {
                    other.sql = format!("{} AND {}", other.sql, demand.sql);
                    other.values.extend(demand.values);
                }
                None => demands.push(demand),
            }
        }
        demands
    }

    /// The column of the documents that it begins with.
    fn column(&self) -> &str {
        let column = self.sql.strip_prefix("documents.").unwrap_or_default();
        let end = column.find(|one: char| !(one.is_ascii_alphanumeric() || one == '_'));
        column
            .get(..end.unwrap_or(column.len()))
            .unwrap_or_default()
    }

    /// Whether it asks for words.
    fn is_of_words(&self) -> bool {
        self.sql.contains("document_terms")
    }

    /// The demand for words, asked of one document after the other: by the text of its words, because to ask
    /// the index of words for one document costs ten times as much.
    fn asked_of_each(&self) -> Self {
        let mut values = Vec::new();
        let mut parts = Vec::new();
        let question = self
            .values
            .first()
            .and_then(Value::text)
            .unwrap_or_default();
        for (place, part) in question.split('"').enumerate() {
            // Every other part stands in quotation marks, and is a beginning.
            if place % 2 == 1 {
                parts.push("instr(' ' || terms, ?) > 0".to_owned());
                values.push(format!(" {part}").into());
            } else {
                parts.push(part.replace('*', ""));
            }
        }
        let sql = dialect::HAS_TEXT_FILE.replace("{}", &parts.concat());
        Self { sql, values }
    }

    /// Whether there is an index by which to find what satisfies it.
    fn is_indexed(&self) -> bool {
        self.is_of_words() || INDEXED.contains(&self.column()) && !self.sql.ends_with("IS NULL")
    }

    /// Whether it asks for one value, so that its index has what satisfies it by number.
    fn is_of_one(&self) -> bool {
        self.is_indexed() && (self.sql.ends_with(" IN (?)") || self.sql.ends_with(" = ?"))
    }

    /// The same, not to be looked for by an index.
    fn unindexed(&self) -> Self {
        let mut same = self.clone();
        if self.is_indexed() {
            same.sql = self.sql.replace("documents.", "+documents.");
        }
        same
    }

    /// The demand for words in a statement that begins with these.
    fn matched(&self) -> Self {
        Self {
            sql: "document_terms MATCH ?".to_owned(),
            values: self.values.clone(),
        }
    }
}

/// What was found by the demand that fewest documents satisfy.
struct Collected {
    numbers: Vec<i64>,
    /// Whether that was the demand for words.
    by_words: bool,
    /// How many satisfy it, counted no further than to [`COUNTED`].
    satisfied: u64,
}

/// The numbers of at most `limit` documents in an order.
pub(super) fn page(
    snapshot: &Snapshot,
    demands: &[Demand],
    order: &Order,
    limit: u32,
) -> Result<Vec<i64>, Error> {
    let collected = collect(snapshot, demands, FEW)?;
    page_of(snapshot, demands, collected.as_ref(), order, limit)
}

/// The same page, and how many documents satisfy the demands, counted no further than to `most`.
pub(super) fn page_and_count(
    snapshot: &Snapshot,
    demands: &[Demand],
    order: &Order,
    limit: u32,
    most: u32,
) -> Result<(Vec<i64>, u64), Error> {
    let collected = collect(snapshot, demands, most.max(FEW))?;
    let page = page_of(snapshot, demands, collected.as_ref(), order, limit)?;
    let count = match collected {
        Some(collected) => collected.numbers.len().min(most as usize) as u64,
        None => any(snapshot, demands, most)?,
    };
    Ok((page, count))
}

/// How many documents satisfy the demands, counted no further than to `most`.
pub(super) fn count(snapshot: &Snapshot, demands: &[Demand], most: u32) -> Result<u64, Error> {
    match collect(snapshot, demands, most)? {
        Some(collected) => Ok(collected.numbers.len() as u64),
        None => any(snapshot, demands, most),
    }
}

fn page_of(
    snapshot: &Snapshot,
    demands: &[Demand],
    collected: Option<&Collected>,
    order: &Order,
    limit: u32,
) -> Result<Vec<i64>, Error> {
    match collected {
        Some(all) if all.numbers.len() < FEW as usize => {
            sorted(snapshot, &all.numbers, order, limit)
        }
        _ => followed(snapshot, demands, collected, order, limit),
    }
}

/// At most `most` documents by the demand that fewest satisfy; none where no demand has an index.
fn collect(snapshot: &Snapshot, demands: &[Demand], most: u32) -> Result<Option<Collected>, Error> {
    let mut best: Option<(usize, u64)> = None;
    // A quick look decides most of the time.
    for horizon in [FEW, COUNTED] {
        best = None;
        for (place, demand) in demands.iter().enumerate() {
            if demand.is_indexed() {
                let satisfied = satisfied(snapshot, demand, horizon)?;
                if best.is_none_or(|(_, least)| satisfied < least) {
                    best = Some((place, satisfied));
                }
            }
        }
        if best.is_none_or(|(_, least)| least < u64::from(horizon)) {
            break;
        }
    }
    let Some((best, satisfied)) = best else {
        return Ok(None);
    };
    let by_words = demands.get(best).is_some_and(Demand::is_of_words);
    let mut conditions: Vec<String> = Vec::new();
    let mut values = Vec::new();
    for (place, demand) in demands.iter().enumerate() {
        let asked = if place == best && by_words {
            demand.matched()
        } else if place == best {
            demand.clone()
        } else if demand.is_of_words() {
            demand.asked_of_each()
        } else {
            demand.unindexed()
        };
        conditions.push(asked.sql);
        values.extend(asked.values);
    }
    let table = if by_words {
        conditions.push(OF_TERMS.to_owned());
        TERMS_FIRST
    } else {
        "documents"
    };
    values.push(most.into());
    let sql = format!(
        "SELECT documents.number FROM {table}{} LIMIT ?",
        clause(&conditions)
    );
    Ok(Some(Collected {
        numbers: snapshot.all(&sql, &values, |row| row.get("number"))?,
        by_words,
        satisfied,
    }))
}

/// How many documents satisfy one demand, counted no further than to `most`.
fn satisfied(snapshot: &Snapshot, demand: &Demand, most: u32) -> Result<u64, Error> {
    let rows = if demand.is_of_words() {
        "document_terms WHERE document_terms MATCH ?".to_owned()
    } else {
        format!("documents WHERE {}", demand.sql)
    };
    let sql = format!("SELECT count(*) AS found FROM (SELECT rowid FROM {rows} LIMIT ?)");
    let mut values = demand.values.clone();
    values.push(most.into());
    snapshot.one(&sql, &values, |row| row.get("found"))
}

/// How many documents there are, counted no further than to `most`, where nothing is asked that has an index.
fn any(snapshot: &Snapshot, demands: &[Demand], most: u32) -> Result<u64, Error> {
    let conditions: Vec<_> = demands.iter().map(|demand| demand.sql.as_str()).collect();
    let mut values = parameters(demands);
    values.push(most.into());
    let sql = format!(
        "SELECT count(*) AS found FROM (SELECT 1 FROM documents{} LIMIT ?)",
        clause(&conditions)
    );
    snapshot.one(&sql, &values, |row| row.get("found"))
}

/// Some documents in an order, from a place in it.
fn sorted(
    snapshot: &Snapshot,
    found: &[i64],
    order: &Order,
    limit: u32,
) -> Result<Vec<i64>, Error> {
    let mut conditions = vec!["documents.number IN (SELECT value FROM json_each(?))".to_owned()];
    let mut values = vec![Value::from(list_of(found))];
    if let Some((beyond, place)) = order.beyond("+documents") {
        conditions.push(beyond);
        values.extend(place);
    }
    values.push(limit.into());
    let sql = format!(
        "SELECT documents.number FROM documents{} ORDER BY {} LIMIT ?",
        clause(&conditions),
        order.by("+documents")
    );
    snapshot.all(&sql, &values, |row| row.get("number"))
}

/// What comes first in an order and satisfies the demands, by the index of the order.
fn followed(
    snapshot: &Snapshot,
    demands: &[Demand],
    collected: Option<&Collected>,
    order: &Order,
    limit: u32,
) -> Result<Vec<i64>, Error> {
    let (by_words, satisfied) = collected.map_or((false, 0), |collected| {
        (collected.by_words, collected.satisfied)
    });
    let is_by_number = order.key == Key::Number;
    // A set of all that have the words is made once for a statement, where they are not too many.
    let set_is_cheap = by_words && satisfied < u64::from(COUNTED);
    // Words give out their documents by number.
    let by_words = by_words && is_by_number;
    let mut conditions = Vec::new();
    let mut parameters = Vec::new();
    for demand in demands {
        let asked = if demand.is_of_words() && by_words {
            demand.matched()
        } else if demand.is_of_words() && !set_is_cheap {
            demand.asked_of_each()
        } else if order.key.is_of(demand.column()) || is_by_number && demand.is_of_one() {
            demand.clone()
        } else {
            demand.unindexed()
        };
        conditions.push(asked.sql);
        parameters.extend(asked.values);
    }
    let table = if by_words {
        conditions.push(OF_TERMS.to_owned());
        TERMS_FIRST
    } else {
        "documents"
    };
    let ordered = if by_words {
        "document_terms"
    } else {
        "documents"
    };
    let mut found = Vec::new();
    for (beyond, place, by) in order.stretches(ordered) {
        let all = conditions.iter().chain(&beyond).collect::<Vec<_>>();
        let mut values = parameters.clone();
        values.extend(place);
        values.push(Value::from(i64::from(limit) - found.len() as i64));
        let sql = format!(
            "SELECT documents.number FROM {table}{} ORDER BY {} LIMIT ?",
            clause(&all),
            by
        );
        found.extend(snapshot.all(&sql, &values, |row| row.get::<i64>("number"))?);
        if found.len() >= limit as usize {
            break;
        }
    }
    Ok(found)
}

/// Numbers as one parameter.
pub(super) fn list_of(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("[{}]", numbers.join(","))
}

fn parameters(demands: &[Demand]) -> Vec<Value> {
    demands
        .iter()
        .flat_map(|demand| demand.values.clone())
        .collect()
}

fn clause<T: AsRef<str>>(conditions: &[T]) -> String {
    if conditions.is_empty() {
        return String::new();
    }
    let conditions: Vec<&str> = conditions.iter().map(AsRef::as_ref).collect();
    format!(" WHERE {}", conditions.join(" AND "))
}
