//! Statements, parameters and rows, as the table modules see them.
//!
//! The tables speak to this module only, so that the engine below it can be another one.

use model::{Personal, Timestamp};
use rusqlite::{
    params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use crate::{Error, Snapshot, Transaction, connection::Connection};

/// One parameter.
#[derive(Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl Value {
    /// The text it is.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Integer(_) => None,
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // It may be anything about a person.
        formatter.write_str("Value")
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(integer) => ValueRef::Integer(*integer),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

impl From<u32> for Value {
    fn from(integer: u32) -> Self {
        Self::Integer(i64::from(integer))
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Integer(i64::from(truth))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&Personal> for Value {
    fn from(text: &Personal) -> Self {
        Self::Text(text.expose().to_owned())
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Integer(at.0)
    }
}

macro_rules! text_values {
    ($($name:ty),*) => {$(
        impl From<$name> for Value {
            fn from(id: $name) -> Self {
                Self::Text(id.to_string())
            }
        }
    )*};
}

text_values!(
    model::DocumentId,
    model::ReadingId,
    model::CorrectionId,
    model::JobId,
    model::PersonId,
    model::UserId,
    model::SessionId,
    model::TokenId
);

impl From<&model::BlobDigest> for Value {
    fn from(digest: &model::BlobDigest) -> Self {
        Self::Text(digest.as_str().to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The parameters of a statement, in the order of its question marks.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::sql::Value::from($value)),*] };
}
pub(crate) use values;

/// What one column of one row holds.
#[derive(Clone, Copy)]
pub(crate) enum Cell<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
}

impl<'a> Cell<'a> {
    fn from_file(value: ValueRef<'a>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(Self::Null),
            ValueRef::Integer(integer) => Some(Self::Integer(integer)),
            ValueRef::Text(text) => std::str::from_utf8(text).ok().map(Self::Text),
            ValueRef::Real(_) | ValueRef::Blob(_) => None,
        }
    }

    fn integer(self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(integer),
            Self::Null | Self::Text(_) => None,
        }
    }

    fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Integer(_) => None,
        }
    }
}

/// One row of an answer.
pub(crate) enum Row<'a> {
    File(&'a rusqlite::Row<'a>),
    Server(&'a postgres::Row),
}

impl Row<'_> {
    /// The column of this name.
    pub(crate) fn get<T: Column>(&self, column: &str) -> Result<T, Error> {
        let cell = match self {
            Self::File(row) => Cell::from_file(row.get_ref(column)?),
            Self::Server(row) => Some(row.try_get(column)?),
        };
        cell.and_then(T::from_cell).ok_or_else(|| damaged(column))
    }

    /// Every column by name, as JSON.
    pub(crate) fn to_json(&self) -> Result<serde_json::Map<String, serde_json::Value>, Error> {
        let names: Vec<&str> = match self {
            Self::File(row) => row.as_ref().column_names().collect(),
            Self::Server(row) => row.columns().iter().map(postgres::Column::name).collect(),
        };
        let mut columns = serde_json::Map::new();
        for name in names {
            let cell = match self {
                Self::File(row) => Cell::from_file(row.get_ref(name)?),
                Self::Server(row) => Some(row.try_get(name)?),
            };
            let value = match cell.ok_or_else(|| damaged(name))? {
                Cell::Null => serde_json::Value::Null,
                Cell::Integer(integer) => integer.into(),
                Cell::Text(text) => text.into(),
            };
            columns.insert(name.to_owned(), value);
        }
        Ok(columns)
    }

    /// The column of this name, whose text is the written form of a `T`.
    pub(crate) fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, Error> {
        let text: String = self.get(column)?;
        text.parse().map_err(|_| damaged(column))
    }

    /// The same where there may be nothing.
    pub(crate) fn parse_some<T: std::str::FromStr>(
        &self,
        column: &str,
    ) -> Result<Option<T>, Error> {
        let text: Option<String> = self.get(column)?;
        let parsed = text.map(|text| text.parse().map_err(|_| damaged(column)));
        parsed.transpose()
    }

    /// The column of this name, whose text is JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T, Error> {
        let text: String = self.get(column)?;
        serde_json::from_str(&text).map_err(|_| damaged(column))
    }
}

/// The error for a column that holds what this program never writes. It does not say what.
pub(crate) fn damaged(column: &str) -> Error {
    Error::Damaged {
        column: column.to_owned(),
    }
}

/// What a column can be read as.
pub(crate) trait Column: Sized {
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

impl Column for i64 {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        cell.integer()
    }
}

impl Column for u32 {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Self::try_from(cell.integer()?).ok()
    }
}

impl Column for u64 {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Self::try_from(cell.integer()?).ok()
    }
}

impl Column for bool {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell.integer()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Column for String {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        cell.text().map(ToOwned::to_owned)
    }
}

impl Column for Personal {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        cell.text().map(Self::from)
    }
}

impl Column for Timestamp {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        cell.integer().map(Self)
    }
}

impl<T: Column> Column for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

#[cfg(test)]
thread_local! {
    /// What was asked on this thread, for tests that look at the plans of it.
    pub(crate) static ASKED: std::cell::RefCell<Vec<(String, Vec<Value>)>> =
        const { std::cell::RefCell::new(Vec::new()) };
}

/// What was asked on this thread since the last time, each with the steps that the engine of a file takes.
#[cfg(test)]
pub(crate) fn plans(snapshot: &Snapshot) -> Vec<(String, Vec<String>)> {
    let Connection::File(connection) = snapshot.connection() else {
        panic!("a server is not asked for its plans");
    };
    let plan = |(sql, values): (String, Vec<Value>)| {
        let explained = format!("EXPLAIN QUERY PLAN {sql}");
        let mut statement = connection.prepare(&explained).unwrap();
        let steps = statement.query_map(params_from_iter(&values), |row| row.get(3));
        let steps = steps.unwrap().map(Result::unwrap).collect();
        (sql, steps)
    };
    ASKED.take().into_iter().map(plan).collect()
}

impl Snapshot {
    /// Every row of a statement's answer.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        values: &[Value],
        from_row: impl Fn(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        #[cfg(test)]
        ASKED.with_borrow_mut(|asked| asked.push((sql.to_owned(), values.to_vec())));
        match self.connection() {
            Connection::File(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query(params_from_iter(values))?;
                let mut answer = Vec::new();
                while let Some(row) = rows.next()? {
                    answer.push(from_row(&Row::File(row))?);
                }
                Ok(answer)
            }
            Connection::Server(server) => {
                let rows = server.borrow_mut().query(sql, values)?;
                rows.iter().map(|row| from_row(&Row::Server(row))).collect()
            }
        }
    }

    /// The only row of a statement's answer, if there is one.
    pub(crate) fn first<T>(
        &self,
        sql: &str,
        values: &[Value],
        from_row: impl Fn(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        Ok(self.all(sql, values, from_row)?.into_iter().next())
    }

    /// The row of a statement that always answers with one, such as a count.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        values: &[Value],
        from_row: impl Fn(&Row<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.first(sql, values, from_row)?
            .ok_or_else(|| Error::Engine("an aggregate gave no row".to_owned()))
    }
}

/// The most parameters of one statement to a server, which takes 65 535.
const PARAMETERS: usize = 8192;

impl Transaction {
    /// Runs an `INSERT` that ends with its one row of `VALUES` for each of some rows. To a server many go in one
    /// statement, because each is a way there and back.
    pub(crate) fn insert_all(&self, sql: &str, rows: &[Vec<Value>]) -> Result<(), Error> {
        let Connection::Server(server) = self.connection() else {
            return rows
                .iter()
                .try_for_each(|row| self.execute(sql, row).map(drop));
        };
        let ends = || Error::Engine("an insertion does not end with its values".to_owned());
        let (into, row) = sql.split_once("VALUES").ok_or_else(ends)?;
        let columns = rows.first().map_or(1, Vec::len).max(1);
        for chunk in rows.chunks(PARAMETERS / columns) {
            let all = vec![row; chunk.len()].join(",");
            let values: Vec<Value> = chunk.iter().flatten().cloned().collect();
            let statement = format!("{into}VALUES{all}");
            server.borrow_mut().execute(&statement, &values)?;
        }
        Ok(())
    }

    /// Runs a statement and says how many rows it touched.
    pub(crate) fn execute(&self, sql: &str, values: &[Value]) -> Result<usize, Error> {
        match self.connection() {
            Connection::File(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                Ok(statement.execute(params_from_iter(values))?)
            }
            Connection::Server(server) => server.borrow_mut().execute(sql, values),
        }
    }
}
