//! Statements, parameters and rows, as the table modules see them.
//!
//! The tables speak to this module only, so that the engine below it can be another one.

use model::{Personal, Timestamp};
use rusqlite::{
    params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use crate::{Error, Snapshot, Transaction};

/// One parameter.
#[derive(Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Text(String),
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

/// One row of an answer.
pub(crate) struct Row<'a>(&'a rusqlite::Row<'a>);

impl Row<'_> {
    /// The column of this name.
    pub(crate) fn get<T: Column>(&self, column: &str) -> Result<T, Error> {
        let value = self.0.get_ref(column)?;
        T::from_value(value).ok_or_else(|| damaged(column))
    }

    /// The column of this name, whose text is the written form of a `T`.
    pub(crate) fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, Error> {
        let text: String = self.get(column)?;
        text.parse().map_err(|_| damaged(column))
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
    fn from_value(value: ValueRef<'_>) -> Option<Self>;
}

impl Column for i64 {
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()
    }
}

impl Column for u32 {
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        Self::try_from(value.as_i64().ok()?).ok()
    }
}

impl Column for u64 {
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        Self::try_from(value.as_i64().ok()?).ok()
    }
}

impl Column for bool {
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value.as_i64().ok()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Column for String {
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().map(ToOwned::to_owned)
    }
}

impl Column for Personal {
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().map(Self::from)
    }
}

impl Column for Timestamp {
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(Self)
    }
}

impl<T: Column> Column for Option<T> {
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl Snapshot {
    /// Every row of a statement's answer.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        values: &[Value],
        from_row: impl Fn(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut answer = Vec::new();
        while let Some(row) = rows.next()? {
            answer.push(from_row(&Row(row))?);
        }
        Ok(answer)
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

impl Transaction {
    /// Runs a statement and says how many rows it touched.
    pub(crate) fn execute(&self, sql: &str, values: &[Value]) -> Result<usize, Error> {
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.execute(params_from_iter(values))?)
    }
}
