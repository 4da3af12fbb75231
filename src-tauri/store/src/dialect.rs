//! The few statements that the engines do not share, side by side.

/// How a transaction begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Begin {
    pub(crate) file: &'static str,
    pub(crate) server: &'static str,
}

impl Begin {
    /// Whether it takes the one place of those who write to a file.
    pub(crate) fn writes(self) -> bool {
        self.file == WRITE_IN_LINE.file
    }
}

/// One state from the first statement to the last.
pub(crate) const READ: Begin = Begin {
    file: "BEGIN DEFERRED",
    server: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
};

/// In the one line of those who write. On a server each statement sees what was committed before it, so
/// the lock has to come first; the number is `LECTERN` and 1, and ends with the transaction.
pub(crate) const WRITE_IN_LINE: Begin = Begin {
    file: "BEGIN IMMEDIATE",
    server: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
        SELECT pg_advisory_xact_lock(x'4c45435445524e01'::bigint)",
};

/// Outside that line.
pub(crate) const WRITE_ASIDE: Begin = Begin {
    file: "BEGIN IMMEDIATE",
    server: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
};

/// Takes the state of this moment, and lets the transaction stand still for as long as it likes.
pub(crate) const LINGER: &str =
    "SET LOCAL idle_in_transaction_session_timeout = 0; SELECT count(*) FROM settings";

/// Taken by whoever migrates a server, for the whole session; the same letters and 2.
pub(crate) const LOCK_MIGRATIONS: &str = "SELECT pg_advisory_lock(x'4c45435445524e02'::bigint)";

/// Taken by whoever makes a store or changes its keys, for a whole session; the same letters and 3.
pub(crate) const LOCK_STORE: &str = "SELECT pg_advisory_lock(x'4c45435445524e03'::bigint)";

/// Whether a server has the table of settings; one row with the column `tables`.
pub(crate) const HAS_SETTINGS_SERVER: &str =
    "SELECT count(*) AS tables FROM pg_catalog.pg_class WHERE oid = to_regclass('settings')";

/// The channel on which a server tells every process that something was written in line.
pub(crate) const LISTEN: &str = "LISTEN lectern";

/// Ends a transaction in line: the others are told in the moment it holds.
pub(crate) const NOTIFY_AND_COMMIT: &str = "NOTIFY lectern; COMMIT";

/// Whether a database knows of any migration; one row with the column `tables`.
pub(crate) const HAS_HISTORY_FILE: &str =
    "SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'refinery_schema_history'";

/// The same for a server.
pub(crate) const HAS_HISTORY_SERVER: &str = "SELECT count(*) AS tables FROM pg_catalog.pg_class
     WHERE oid = to_regclass('refinery_schema_history')";

/// Takes the next job of a queue, see [`crate::jobs::claim`]. Each half of the union reads one entry of
/// the index, however many jobs wait.
pub(crate) const CLAIM_FILE: &str = "UPDATE jobs
     SET state = 'running', lease = ?, leased_until = ?, worker = ?, attempts = attempts + 1,
         crashes = crashes + CASE WHEN state = 'running' THEN 1 ELSE 0 END,
         progress_step = NULL, progress_percent = NULL, claimed_at = ?, changed_at = ?
     WHERE id = (
         SELECT id FROM (
             SELECT * FROM (
                 SELECT id, priority, crashes, sequence FROM jobs
                 WHERE queue = ? AND state = 'waiting'
                   AND (run_after <= ? OR run_after > ?)
                 ORDER BY priority DESC, crashes, sequence LIMIT 1
             ) AS due
             UNION ALL
             SELECT * FROM (
                 SELECT id, priority, crashes + 1 AS crashes, sequence FROM jobs
                 WHERE queue = ? AND state = 'running'
                   AND (leased_until <= ? OR leased_until > ?)
                 ORDER BY priority DESC, crashes, sequence LIMIT 1
             ) AS left_behind
         ) AS candidates
         ORDER BY priority DESC, crashes, sequence LIMIT 1
     )
     RETURNING id, kind, document_id, payload, attempts, crashes";

/// The same where others claim at the same moment: what one of them is looking at is passed over.
pub(crate) const CLAIM_SERVER: &str = "UPDATE jobs
     SET state = 'running', lease = ?, leased_until = ?, worker = ?, attempts = attempts + 1,
         crashes = crashes + CASE WHEN state = 'running' THEN 1 ELSE 0 END,
         progress_step = NULL, progress_percent = NULL, claimed_at = ?, changed_at = ?
     WHERE id = (
         SELECT id FROM (
             SELECT * FROM (
                 SELECT id, priority, crashes, sequence FROM jobs
                 WHERE queue = ? AND state = 'waiting'
                   AND (run_after <= ? OR run_after > ?)
                 ORDER BY priority DESC, crashes, sequence LIMIT 1 FOR UPDATE SKIP LOCKED
             ) AS due
             UNION ALL
             SELECT * FROM (
                 SELECT id, priority, crashes + 1 AS crashes, sequence FROM jobs
                 WHERE queue = ? AND state = 'running'
                   AND (leased_until <= ? OR leased_until > ?)
                 ORDER BY priority DESC, crashes, sequence LIMIT 1 FOR UPDATE SKIP LOCKED
             ) AS left_behind
         ) AS candidates
         ORDER BY priority DESC, crashes, sequence LIMIT 1
     )
     RETURNING id, kind, document_id, payload, attempts, crashes";

pub(crate) const ENGINE_FILE: &str = "SELECT 'SQLite ' || sqlite_version() AS engine";
pub(crate) const ENGINE_SERVER: &str =
    "SELECT 'PostgreSQL ' || current_setting('server_version') AS engine";

pub(crate) const SIZE_FILE: &str = "SELECT page_count * page_size AS size
     FROM pragma_page_count(), pragma_page_size()";
pub(crate) const SIZE_SERVER: &str = "SELECT pg_database_size(current_database()) AS size";

pub(crate) const TABLES_FILE: &str = "SELECT name FROM sqlite_schema
     WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'document_terms_%'
     ORDER BY name";
pub(crate) const TABLES_SERVER: &str = "SELECT relname::text AS name FROM pg_catalog.pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
     ORDER BY relname";

/// What the schema consists of, as pairs of `object` and `definition`, without the history of migrations.
pub(crate) const SCHEMA_FILE: &str = "SELECT type || ' ' || name AS object, sql AS definition
     FROM sqlite_schema
     WHERE name NOT LIKE 'sqlite%' AND tbl_name <> 'refinery_schema_history'";
pub(crate) const SCHEMA_SERVER: &str =
    "SELECT 'column ' || held.relname || '.' || attname AS object,
         format_type(atttypid, atttypmod)
             || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
             || CASE attidentity WHEN '' THEN '' ELSE ' IDENTITY' END
             || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
             || coalesce(' COLLATE ' || collname, '') AS definition
     FROM pg_catalog.pg_class AS held
     JOIN pg_catalog.pg_attribute ON attrelid = held.oid AND attnum > 0 AND NOT attisdropped
     LEFT JOIN pg_catalog.pg_attrdef ON adrelid = held.oid AND adnum = attnum
     LEFT JOIN pg_catalog.pg_collation AS sorted
         ON sorted.oid = attcollation AND collname <> 'default'
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
         AND relname <> 'refinery_schema_history'
     UNION ALL
     SELECT 'index ' || indexname, replace(indexdef, ' ON ' || schemaname || '.', ' ON ')
     FROM pg_catalog.pg_indexes
     WHERE schemaname = current_schema() AND tablename <> 'refinery_schema_history'
     UNION ALL
     SELECT 'constraint ' || relname || '.' || conname, pg_get_constraintdef(bound.oid)
     FROM pg_catalog.pg_constraint AS bound
     JOIN pg_catalog.pg_class AS held ON held.oid = conrelid
     WHERE connamespace = current_schema()::regnamespace
         AND relname <> 'refinery_schema_history'
     UNION ALL
     SELECT 'trigger ' || relname || '.' || tgname, replace(pg_get_triggerdef(fired.oid),
         ' ON ' || current_schema() || '.', ' ON ')
     FROM pg_catalog.pg_trigger AS fired
     JOIN pg_catalog.pg_class AS held ON held.oid = tgrelid
     WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal";

/// The words of a document, by its number, in the place of those it had.
pub(crate) const FORGET_TERMS_FILE: &str =
    "DELETE FROM document_terms WHERE rowid = (SELECT number FROM documents WHERE id = ?)";
pub(crate) const FORGET_TERMS_SERVER: &str =
    "DELETE FROM document_terms WHERE number = (SELECT number FROM documents WHERE id = ?)";
pub(crate) const ADD_TERMS_FILE: &str = "INSERT INTO document_terms (terms, rowid)
     SELECT ?, number FROM documents WHERE id = ?";
pub(crate) const ADD_TERMS_SERVER: &str = "INSERT INTO document_terms (terms, number)
     SELECT array_to_tsvector(string_to_array(?, ' ')), number FROM documents WHERE id = ?";

/// The words of documents that have none.
pub(crate) const ADD_TERMS_OF_MANY_FILE: &str = "INSERT INTO document_terms (terms, rowid)
     VALUES (?, (SELECT number FROM documents WHERE id = ?))";
pub(crate) const ADD_TERMS_OF_MANY_SERVER: &str = "INSERT INTO document_terms (terms, number)
     VALUES (array_to_tsvector(string_to_array(?, ' ')),
         (SELECT number FROM documents WHERE id = ?))";

/// Which documents have the words of a question, which each engine asks in its own way.
pub(crate) const HAS_TERMS_FILE: &str = "documents.number IN (
     SELECT rowid FROM document_terms WHERE document_terms MATCH ?)";
pub(crate) const HAS_TERMS_SERVER: &str = "documents.number IN (
     SELECT number FROM document_terms WHERE terms @@ CAST(CAST(? AS TEXT) AS TSQUERY))";

/// Whether the text of a document's words satisfies what stands for `{}`.
pub(crate) const HAS_TEXT_FILE: &str = "EXISTS (
     SELECT 1 FROM document_terms WHERE document_terms.rowid = documents.number AND ({}))";

/// Documents with a reading whose words are not there, such as those of a database that was put back, by
/// number from one on.
pub(crate) const WITHOUT_TERMS_FILE: &str = "SELECT number, id FROM documents
     WHERE number > ? AND pages > 0 AND NOT EXISTS (
         SELECT 1 FROM document_terms WHERE document_terms.rowid = documents.number
     ) ORDER BY number LIMIT ?";
pub(crate) const WITHOUT_TERMS_SERVER: &str = "SELECT number, id FROM documents
     WHERE number > ? AND pages > 0 AND NOT EXISTS (
         SELECT 1 FROM document_terms WHERE document_terms.number = documents.number
     ) ORDER BY number LIMIT ?";

/// Moves the log of a file into it, and empties the log.
pub(crate) const FOLD_LOG_FILE: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// Takes what was deleted out of a table of a server.
pub(crate) const VACUUM_SERVER: &str = "VACUUM";

/// Tables whose rows tell of persons.
pub(crate) const WITH_PERSONS: [&str; 8] = [
    "documents",
    "document_terms",
    "readings",
    "corrections",
    "blobs",
    "thumbnails",
    "jobs",
    "audit",
];
