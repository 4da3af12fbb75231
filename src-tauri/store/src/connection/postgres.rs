//! One connection to a Postgres server.

use std::{collections::HashMap, error::Error as _, io, path::Path, sync::Arc, time::Duration};

use bytes::BytesMut;
use postgres::{
    Client, NoTls, Row, Statement,
    error::SqlState,
    fallible_iterator::FallibleIterator as _,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{
    Error,
    address::{ServerAddress, Tls},
    sql::{Cell, Value},
};

/// How long a new connection may take: a server in the same house answers in milliseconds.
const CONNECT: Duration = Duration::from_secs(5);

/// After how long without a sign of life a peer is asked for one, and given up: a machine that lost its
/// power says no farewell.
const SILENCE: Duration = Duration::from_secs(30);

/// Prepared statements a connection keeps. Those of the program are about a hundred and fifty; lists
/// with filters make further ones, which must not pile up on the server.
const PREPARED_STATEMENTS: usize = 256;

/// What every session is set to.
///
/// Who waits for a lock longer than ten seconds waits for a machine in trouble. A transaction that stands
/// still for half a minute belongs to a process that hangs or is gone, and holds up everybody else. What
/// was acknowledged is on the disk, also where the server's default is laxer; a stricter one stays.
const SESSION: &str = "SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '30s';
    SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off';";

/// A connection, with the statements that were prepared on it.
pub(crate) struct Server {
    /// Taken only by the drop.
    client: Option<Client>,
    /// By the text they have in the table modules.
    prepared: HashMap<String, Statement>,
    state: State,
}

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    /// In a transaction.
    Open,
    /// In a transaction of which a statement failed: the server would answer a commit by silently
    /// taking everything back.
    Failed,
}

impl Server {
    /// Connects, proves who the server is, and sets the session.
    pub(crate) fn connect(address: &ServerAddress) -> Result<Self, Error> {
        let mut config = address.config().clone();
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        config
            .application_name("lectern")
            .keepalives_idle(SILENCE)
            .keepalives_interval(SILENCE / 3)
            .keepalives_retries(3)
            .tcp_user_timeout(SILENCE)
            // Notices may repeat values, and nobody reads them.
            .notice_callback(|_| {});
        let connected = match address.tls() {
            Tls::None => config.connect(NoTls),
            Tls::Verified { authorities } => {
                let tls = client_config(address, authorities.as_deref())?;
                config.connect(MakeRustlsConnect::new(tls))
            }
        };
        let mut client = connected.map_err(|error| connect_error(address, &error))?;
        client.batch_execute(SESSION)?;
        Ok(Self {
            client: Some(client),
            prepared: HashMap::new(),
            state: State::Idle,
        })
    }

    /// The client, for what the store itself does not do with it.
    pub(crate) fn client(&mut self) -> Result<&mut Client, Error> {
        self.client.as_mut().ok_or(Error::Disconnected)
    }

    /// Whether the connection is of no more use: broken, or left in a transaction.
    pub(crate) fn has_broken(&self) -> bool {
        self.state != State::Idle || self.client.as_ref().is_none_or(Client::is_closed)
    }

    /// Begins a transaction by these statements.
    pub(crate) fn begin(&mut self, begin: &str) -> Result<(), Error> {
        self.state = State::Open;
        self.run(begin)
    }

    /// Ends the transaction by these statements, unless one of its own failed.
    pub(crate) fn commit(&mut self, commit: &str) -> Result<(), Error> {
        match self.state {
            State::Open => {
                self.run(commit)?;
                self.state = State::Idle;
                Ok(())
            }
            State::Idle | State::Failed => Err(Error::Engine(
                "a transaction cannot be committed after one of its statements failed".to_owned(),
            )),
        }
    }

    /// Takes back what a transaction did, if one is open.
    pub(crate) fn roll_back(&mut self) -> Result<(), Error> {
        if self.state != State::Idle {
            self.client()?.batch_execute("ROLLBACK")?;
            self.state = State::Idle;
        }
        Ok(())
    }

    pub(crate) fn run(&mut self, sql: &str) -> Result<(), Error> {
        let ran = self.client()?.batch_execute(sql);
        self.noting(ran)
    }

    /// Runs a statement of the table modules and returns its rows.
    pub(crate) fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Error> {
        let statement = self.prepare(sql)?;
        let values: Vec<_> = values.iter().map(as_parameter).collect();
        let rows = self.client()?.query(&statement, &values);
        self.noting(rows)
    }

    /// Runs a statement of the table modules and says how many rows it touched.
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<usize, Error> {
        let statement = self.prepare(sql)?;
        let values: Vec<_> = values.iter().map(as_parameter).collect();
        let touched = self.client()?.execute(&statement, &values);
        let touched = self.noting(touched)?;
        Ok(usize::try_from(touched).unwrap_or(usize::MAX))
    }

    /// Answers a question of a person, who may have asked for too much.
    pub(crate) fn ask(&mut self, sql: &str, patience: Duration) -> Result<Vec<Row>, Error> {
        let milliseconds = patience.as_millis();
        self.run(&format!("SET LOCAL statement_timeout = {milliseconds}"))?;
        let rows = self.client()?.query(sql, &[]);
        self.noting(rows)
    }

    fn noting<T>(&mut self, done: Result<T, postgres::Error>) -> Result<T, Error> {
        if done.is_err() && self.state == State::Open {
            self.state = State::Failed;
        }
        Ok(done?)
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= PREPARED_STATEMENTS {
            self.prepared.clear();
        }
        let prepared = self.client()?.prepare(&with_numbers(sql));
        let statement = self.noting(prepared)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Waits for a notification on a channel this connection listens to; says whether one came.
    pub(crate) fn wait(&mut self, longest: Duration) -> Result<bool, Error> {
        let client = self.client()?;
        let came = client.notifications().timeout_iter(longest).next()?;
        if came.is_none() && client.is_closed() {
            return Err(Error::Disconnected);
        }
        // Those that came together are one.
        let mut notifications = client.notifications();
        let mut others = notifications.iter();
        while others.next()?.is_some() {}
        Ok(came.is_some())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The client blocks on a runtime of its own to say farewell, which must not happen on a thread that
        // belongs to another one; and nobody knows which thread lets go of the last connection.
        if let Some(client) = self.client.take() {
            let closing = std::thread::Builder::new().spawn(move || drop(client));
            if closing.is_ok_and(|closing| closing.join().is_err()) {
                tracing::warn!("a database connection was not closed in good order");
            }
        }
    }
}

/// Question marks become `$1`, `$2` and so on; those inside quotation marks stay.
fn with_numbers(sql: &str) -> String {
    let mut numbered = String::with_capacity(sql.len() + 16);
    let (mut number, mut quoted) = (0_u32, None);
    for letter in sql.chars() {
        match letter {
            '?' if quoted.is_none() => {
                number += 1;
                numbered.push('$');
                numbered.push_str(&number.to_string());
                continue;
            }
            '\'' | '"' => match quoted {
                None => quoted = Some(letter),
                Some(mark) if mark == letter => quoted = None,
                Some(_) => {}
            },
            _ => {}
        }
        numbered.push(letter);
    }
    numbered
}

fn as_parameter(value: &Value) -> &(dyn ToSql + Sync) {
    value
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Integer(integer), &Type::INT4) => i32::try_from(*integer)?.to_sql(kind, out),
            (Self::Integer(integer), _) => integer.to_sql(kind, out),
            // The server keeps no text with a NUL in it; the sealed file does. No value has a use for one.
            (Self::Text(text), _) if text.contains('\0') => {
                text.replace('\0', "\u{fffd}").to_sql(kind, out)
            }
            (Self::Text(text), _) => text.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(
            *kind,
            Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME
        )
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(
        kind: &Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *kind {
            Type::INT8 => Self::Integer(i64::from_sql(kind, raw)?),
            Type::INT4 => Self::Integer(i64::from(i32::from_sql(kind, raw)?)),
            Type::INT2 => Self::Integer(i64::from(i16::from_sql(kind, raw)?)),
            Type::BOOL => Self::Integer(i64::from(bool::from_sql(kind, raw)?)),
            _ => Self::Text(<&str>::from_sql(kind, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::INT2 | Type::BOOL)
            || <&str as FromSql>::accepts(kind)
    }
}

/// What is trusted to vouch for the server.
fn client_config(
    address: &ServerAddress,
    authorities: Option<&Path>,
) -> Result<ClientConfig, Error> {
    let not_trusted = |reason: String| Error::NotTrusted {
        address: address.to_string(),
        reason,
    };
    let mut roots = RootCertStore::empty();
    if let Some(path) = authorities {
        let unusable = |reason: &dyn std::fmt::Display| {
            not_trusted(format!("`{}` cannot be used: {reason}", path.display()))
        };
        let certificates = CertificateDer::pem_file_iter(path).map_err(|error| unusable(&error))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| unusable(&error))?;
            roots.add(certificate).map_err(|error| unusable(&error))?;
        }
        if roots.is_empty() {
            return Err(unusable(&"there is no certificate in it"));
        }
    } else {
        // Single ones that cannot be understood are no reason to trust none.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| not_trusted(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Why a connection could not be made.
fn connect_error(address: &ServerAddress, error: &postgres::Error) -> Error {
    let address = address.to_string();
    if error.as_db_error().is_some() {
        return error.into();
    }
    // The client names a failed handshake only in its sentence.
    if error.to_string().contains("TLS") {
        let mut reason = error.to_string();
        let mut cause = error.source();
        while let Some(next) = cause {
            reason = next.to_string();
            cause = next.source();
        }
        return Error::NotTrusted { address, reason };
    }
    let is_network = error
        .source()
        .is_none_or(<dyn std::error::Error>::is::<io::Error>);
    if is_network {
        return Error::Unreachable { address };
    }
    // Such as a password that is asked for and was not given.
    Error::Refused {
        reason: error.to_string(),
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        Self::from(&error)
    }
}

impl From<&postgres::Error> for Error {
    fn from(error: &postgres::Error) -> Self {
        let Some(told) = error.as_db_error() else {
            if error.is_closed()
                || error
                    .source()
                    .is_some_and(<dyn std::error::Error>::is::<io::Error>)
            {
                return Self::Disconnected;
            }
            // A column or parameter of another type than the program thinks; no value is in it.
            return Self::Engine(error.to_string());
        };
        let code = told.code();
        let class = code.code().get(..2).unwrap_or_default();
        match class {
            "57" if *code == SqlState::QUERY_CANCELED => Self::TooLong,
            // Connection exception; operator intervention, which is a server that stops or starts.
            "08" | "57" => Self::Disconnected,
            "53" if *code == SqlState::DISK_FULL => Self::Full,
            // Serialisation failure, deadlock; lock not available; too many connections, out of memory.
            "40" | "55" | "53" => Self::Busy,
            "25" if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Self::ReadOnly,
            // A transaction that stood still was ended by the server.
            "25" if *code == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => Self::Disconnected,
            // Authorisation; no such database. The sentence names the user and the database.
            "28" | "3D" => Self::Refused {
                reason: told.message().to_owned(),
            },
            "23" if *code == SqlState::UNIQUE_VIOLATION => Self::Duplicate,
            "58" => Self::Disk(told.message().to_owned()),
            // Syntax, unknown names, missing rights: the sentence names tables and columns only.
            "42" => Self::Engine(told.message().to_owned()),
            // The sentence may repeat a value.
            _ => Self::Engine(match told.constraint().or(told.column()).or(told.table()) {
                Some(place) => format!("SQLSTATE {} at `{place}`", code.code()),
                None => format!("SQLSTATE {}", code.code()),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn question_marks_are_numbered_except_in_quotation_marks() {
        for (sql, numbered) in [
            ("SELECT 1", "SELECT 1"),
            ("a = ? AND b IN (?, ?)", "a = $1 AND b IN ($2, $3)"),
            (
                "a = '?' AND \"b?\" = ? AND c = 'it''s ?' AND d = ?",
                "a = '?' AND \"b?\" = $1 AND c = 'it''s ?' AND d = $2",
            ),
        ] {
            assert_eq!(super::with_numbers(sql), numbered);
        }
    }
}
