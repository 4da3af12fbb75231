//! What an operator wants to know of a database, whatever is in it.

use std::{
    sync::mpsc::{self, RecvTimeoutError},
    time::Duration,
};

use serde_json::{Map, Value as Json};

use crate::{
    Error, Snapshot,
    connection::Connection,
    dialect,
    sql::{damaged, values},
};

/// How long an answer may be, in bytes: far more than anybody reads, far less than hurts.
const LONGEST_ANSWER: usize = 8 * 1024 * 1024;

/// What a question to a server may not hold: functions that reach beyond the rows of the store. A
/// transaction that only reads does not forbid them to end sessions, hold locks or read files. The last one
/// writes a name in a way that would hide it from this list.
const FORBIDDEN: [&str; 7] = [
    "pg_",
    "lo_",
    "dblink",
    "set_config",
    "_to_xml",
    "current_setting",
    "u&\"",
];

/// A database as its operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The engine and its version.
    pub engine: String,
    /// Bytes on its disk.
    pub size: u64,
    /// Every table with the number of its rows.
    pub tables: Vec<(String, u64)>,
}

/// The engine with its version; cheap, and proof that the database answers.
pub fn engine(snapshot: &Snapshot) -> Result<String, Error> {
    let sql = if snapshot.is_on_server() {
        dialect::ENGINE_SERVER
    } else {
        dialect::ENGINE_FILE
    };
    snapshot.one(sql, values![], |row| row.get("engine"))
}

/// Everything an operator wants to know. It counts every row.
pub fn overview(snapshot: &Snapshot) -> Result<Overview, Error> {
    let (size, tables) = if snapshot.is_on_server() {
        (dialect::SIZE_SERVER, dialect::TABLES_SERVER)
    } else {
        (dialect::SIZE_FILE, dialect::TABLES_FILE)
    };
    let names: Vec<String> = snapshot.all(tables, values![], |row| row.get("name"))?;
    let mut counted = Vec::new();
    for name in names {
        // From the catalogue, not from a person; quoted all the same.
        let sql = format!(
            "SELECT count(*) AS held FROM \"{}\"",
            name.replace('"', "\"\"")
        );
        let held = snapshot.one(&sql, values![], |row| row.get("held"))?;
        counted.push((name, held));
    }
    Ok(Overview {
        engine: engine(snapshot)?,
        size: snapshot.one(size, values![], |row| row.get("size"))?,
        tables: counted,
    })
}

/// Answers a question that a person wrote in SQL: at most `limit` rows, each with its columns by name.
///
/// It stands inside of a `SELECT`, in a snapshot, so it can change nothing. One that takes longer than `patience`
/// is given up ([`Error::TooLong`]), and so is one whose answer is longer than eight megabytes.
pub fn ask(
    snapshot: &Snapshot,
    question: &str,
    limit: u32,
    patience: Duration,
) -> Result<Vec<Json>, Error> {
    answer(snapshot, question, limit, patience).map_err(|error| match error {
        Error::Engine(reason) => Error::QuestionInvalid { reason },
        Error::ReadOnly => invalid("it would change something"),
        other => other,
    })
}

fn invalid(reason: &str) -> Error {
    Error::QuestionInvalid {
        reason: reason.to_owned(),
    }
}

fn answer(
    snapshot: &Snapshot,
    question: &str,
    limit: u32,
    patience: Duration,
) -> Result<Vec<Json>, Error> {
    let question = question.trim().trim_end_matches(';');
    if snapshot.is_on_server() {
        let text = question.to_lowercase();
        if let Some(found) = FORBIDDEN.iter().find(|one| text.contains(**one)) {
            let reason = format!("`{found}` reaches beyond the rows of the store");
            return Err(Error::QuestionInvalid { reason });
        }
    }
    match snapshot.connection() {
        Connection::File(connection) => {
            let sql = format!("SELECT * FROM (\n{question}\n) LIMIT {limit}");
            let mut statement = connection.prepare(&sql)?;
            if !statement.readonly() {
                return Err(Error::ReadOnly);
            }
            let names: Vec<String> = statement.column_names().map(Into::into).collect();
            let watch = connection.get_interrupt_handle();
            let (done, is_done) = mpsc::channel::<()>();
            std::thread::spawn(move || {
                // Disconnected is what it is when the answer is there.
                if is_done.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                    watch.interrupt();
                }
            });
            let answered = (|| {
                let mut rows = statement.query([])?;
                let (mut answer, mut length) = (Vec::new(), 0);
                while let Some(row) = rows.next()? {
                    let mut object = Map::new();
                    for (index, name) in names.iter().enumerate() {
                        let value = row.get_ref(index)?;
                        length += match value {
                            rusqlite::types::ValueRef::Text(bytes)
                            | rusqlite::types::ValueRef::Blob(bytes) => bytes.len(),
                            _ => size_of::<i64>(),
                        };
                        if length > LONGEST_ANSWER {
                            return Err(invalid("its answer is too long"));
                        }
                        let value = match value {
                            rusqlite::types::ValueRef::Null => Json::Null,
                            rusqlite::types::ValueRef::Integer(integer) => integer.into(),
                            rusqlite::types::ValueRef::Real(real) => real.into(),
                            rusqlite::types::ValueRef::Text(text) => {
                                std::str::from_utf8(text).map_err(|_| damaged(name))?.into()
                            }
                            rusqlite::types::ValueRef::Blob(bytes) => hex::encode(bytes).into(),
                        };
                        object.insert(name.clone(), value);
                    }
                    answer.push(Json::Object(object));
                }
                Ok(answer)
            })();
            drop(done);
            answered
        }
        Connection::Server(server) => {
            let sql = format!(
                "SELECT row_to_json(question)::text AS answer FROM (\n{question}\n) AS question \
                 LIMIT {limit}"
            );
            let rows = server.borrow_mut().ask(&sql, patience)?;
            let mut length = 0;
            rows.iter()
                .map(|row| {
                    let text: &str = row.try_get("answer")?;
                    length += text.len();
                    if length > LONGEST_ANSWER {
                        return Err(invalid("its answer is too long"));
                    }
                    serde_json::from_str(text).map_err(|_| damaged("answer"))
                })
                .collect()
        }
    }
}
