//! Documents, with what lists show of them.

mod ways;

use model::{
    BlobDigest, Document, DocumentId, DocumentStatus, DocumentType, PersonId, Personal, Problem,
    Progress, Region, Timestamp, UserId,
};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, Value, damaged, values},
    table::{jobs, search},
};

/// What is derived from reading and corrections for lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Derived {
    /// Whose document it is.
    pub title: Option<Personal>,
    /// Family and side.
    pub document_type: Option<DocumentType>,
    /// Issuing state.
    pub issuing_country: Option<String>,
    /// Fields that wait for a person.
    pub doubtful: u32,
    /// Pages.
    pub pages: u32,
    /// The title, folded, for its order; empty where there is none.
    pub title_key: String,
    /// ISO 8601; empty where it is not known.
    pub date_of_birth: String,
    /// ISO 8601; empty where it is not known.
    pub date_of_expiry: String,
    /// The least confidence of a field that no person settled, in thousandths.
    pub confidence: u32,
}

/// How a document belongs with others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Belonging {
    /// The document that this one is the other side of.
    pub side_of: Option<DocumentId>,
    /// The picture it was cut out of.
    pub cut_from: Option<Cut>,
    /// How many documents were cut out of it and stand for it.
    pub parts: u32,
    /// Whether somebody said that it is one document, whatever lies on it.
    pub kept_whole: bool,
    /// Whom it belongs to.
    pub person: Option<PersonId>,
    /// How many others it may be a duplicate of, of which nobody has said anything.
    pub duplicates: u32,
}

/// Where a document was cut out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// The document of the whole picture.
    pub sheet: DocumentId,
    /// Which of the documents on it this one is part of, counted from 0.
    pub part: u32,
    /// Where it lay.
    pub region: Region,
}

/// Which documents to list; everything where nothing is given, but for what another document stands for:
/// the other side of a card, and a picture whose documents were cut out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one of these statuses.
    pub statuses: Vec<DocumentStatus>,
    /// For each of these a document has a word that begins with one of its beginnings.
    pub words: Vec<Vec<String>>,
    /// Of one of these types, as they are written.
    pub document_types: Vec<String>,
    /// Issued by one of these.
    pub issuing_countries: Vec<String>,
    /// Submitted by this user.
    pub submitted_by: Option<UserId>,
    /// Submitted at this instant or later.
    pub submitted_from: Option<Timestamp>,
    /// Submitted before this instant.
    pub submitted_before: Option<Timestamp>,
    /// With a field of less confidence, in thousandths, that no person settled.
    pub confidence_below: Option<u32>,
    /// With a field that waits for a person (true), or without (false).
    pub doubtful: Option<bool>,
    /// Valid no longer than to the day before this one, ISO 8601.
    pub expired_before: Option<String>,
    /// Those in the trash, and no others.
    pub trashed: bool,
    /// For this user to look at.
    pub assigned_to: Option<UserId>,
    /// For somebody to look at (true), or for nobody in particular (false).
    pub assigned: Option<bool>,
    /// Those that were closed away, and no others; else those that were not.
    pub archived: bool,
}

/// By what documents are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Key {
    /// Submission.
    #[default]
    Number,
    /// The last change.
    ChangedAt,
    /// Whose they are.
    Title,
    /// Birth of whose they are.
    DateOfBirth,
    /// The end of their validity.
    DateOfExpiry,
    /// How sure the machine is.
    Confidence,
    /// Where they stand, in the order of the words.
    Status,
    /// Family and side, in the order of the words; unknown ones are the least.
    DocumentType,
    /// Issuing state, in the order of the codes; unknown ones are the least.
    IssuingCountry,
}

impl Key {
    const fn column(self) -> &'static str {
        match self {
            Self::Number => "documents.number",
            Self::ChangedAt => "documents.changed_at",
            Self::Title => "documents.title_key",
            Self::DateOfBirth => "documents.date_of_birth",
            Self::DateOfExpiry => "documents.date_of_expiry",
            Self::Confidence => "documents.confidence",
            Self::Status => "documents.status",
            Self::DocumentType => "coalesce(documents.document_type, '')",
            Self::IssuingCountry => "coalesce(documents.issuing_country, '')",
        }
    }

    /// Whether it is the column of this name.
    fn is_of(self, column: &str) -> bool {
        self.column().strip_prefix("documents.") == Some(column)
    }

    /// The value of the key that a document has.
    pub fn of(self, listed: &Listed) -> Place {
        let at = match self {
            Self::Number => KeyValue::Integer(listed.number),
            Self::ChangedAt => KeyValue::Integer(listed.document.changed_at.0),
            Self::Title => KeyValue::Text(listed.derived.title_key.clone()),
            Self::DateOfBirth => KeyValue::Text(listed.derived.date_of_birth.clone()),
            Self::DateOfExpiry => KeyValue::Text(listed.derived.date_of_expiry.clone()),
            Self::Confidence => KeyValue::Integer(i64::from(listed.derived.confidence)),
            Self::Status => KeyValue::Text(listed.document.status.as_str().to_owned()),
            Self::DocumentType => {
                let kind = listed.derived.document_type;
                KeyValue::Text(kind.map(|kind| kind.to_string()).unwrap_or_default())
            }
            Self::IssuingCountry => {
                KeyValue::Text(listed.derived.issuing_country.clone().unwrap_or_default())
            }
        };
        Place {
            at,
            number: listed.number,
        }
    }
}

/// A value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyValue {
    /// Of a counted one.
    Integer(i64),
    /// Of a written one.
    Text(String),
}

impl KeyValue {
    fn value(&self) -> Value {
        match self {
            Self::Integer(integer) => Value::from(*integer),
            Self::Text(text) => Value::from(text.as_str()),
        }
    }
}

/// A place in an order: no two documents share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The value of the key.
    pub at: KeyValue,
    /// Among equals, the number decides.
    pub number: i64,
}

/// An order, and where in it to go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub key: Key,
    /// From the least to the greatest.
    pub ascending: bool,
    /// Only what comes after this place.
    pub after: Option<Place>,
}

impl Order {
    /// What a statement orders by; `documents` is how it calls the table, or what has the numbers as `rowid`.
    fn by(&self, documents: &str) -> String {
        let direction = if self.ascending { "ASC" } else { "DESC" };
        let number = number_of(documents);
        match self.key {
            Key::Number => format!("{number} {direction}"),
            key => {
                let column = key.column().replace("documents", documents);
                format!("{column} {direction}, {number} {direction}")
            }
        }
    }

    /// The condition of coming after the place, and its parameters.
    fn beyond(&self, documents: &str) -> Option<(String, Vec<Value>)> {
        let place = self.after.as_ref()?;
        let beyond = if self.ascending { ">" } else { "<" };
        let number = number_of(documents);
        if self.key == Key::Number {
            return Some((format!("{number} {beyond} ?"), vec![place.number.into()]));
        }
        let column = self.key.column().replace("documents", documents);
        let condition = format!("({column}, {number}) {beyond} (?, ?)");
        Some((condition, vec![place.at.value(), place.number.into()]))
    }

    /// The conditions that make up the rest of the order after the place, one after the other, each with its
    /// parameters and what it orders by. The engine of a file finds its way in an index by one of them, but
    /// not by both: it would read everything that has the very value of the place.
    fn stretches(&self, documents: &str) -> Vec<(Option<String>, Vec<Value>, String)> {
        let by = self.by(documents);
        let Some(place) = &self.after else {
            return vec![(None, Vec::new(), by)];
        };
        let beyond = if self.ascending { ">" } else { "<" };
        let number = number_of(documents);
        if self.key == Key::Number {
            let condition = format!("{number} {beyond} ?");
            return vec![(Some(condition), vec![place.number.into()], by)];
        }
        let column = self.key.column().replace("documents", documents);
        let at = place.at.value();
        let direction = if self.ascending { "ASC" } else { "DESC" };
        vec![
            (
                Some(format!("{column} = ? AND {number} {beyond} ?")),
                vec![at.clone(), place.number.into()],
                format!("{number} {direction}"),
            ),
            (Some(format!("{column} {beyond} ?")), vec![at], by),
        ]
    }
}

fn number_of(documents: &str) -> String {
    match documents {
        "document_terms" => "document_terms.rowid".to_owned(),
        documents => format!("{documents}.number"),
    }
}

/// A document with everything that lists show.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its place in the order of submission.
    pub number: i64,
    /// The document.
    pub document: Document,
    /// What is derived.
    pub derived: Derived,
    /// How it belongs with others.
    pub belonging: Belonging,
    /// How far the worker is, while one reads it.
    pub progress: Option<Progress>,
    /// Name of the user who submitted it.
    pub submitted_by_name: String,
    /// When it was last settled; none while it waits for somebody.
    pub decided_at: Option<Timestamp>,
    /// When the keys of its pictures were destroyed.
    pub pictures_erased_at: Option<Timestamp>,
    /// Since when it is in the trash.
    pub trashed_at: Option<Timestamp>,
    /// Who is to look at it, with his name.
    pub assigned_to: Option<(UserId, String)>,
    /// When it was closed away.
    pub archived_at: Option<Timestamp>,
}

/// Everything that lists show; the latest job of a document tells how far its reading is.
const SELECT: &str = "SELECT documents.number, documents.id, documents.name, documents.digest,
        documents.media_type, documents.size, documents.status, documents.problem_code,
        documents.problem_message, documents.submitted_by, documents.submitted_at,
        documents.changed_at, documents.title, documents.document_type,
        documents.issuing_country, documents.doubtful, documents.pages,
        documents.title_key, documents.date_of_birth, documents.date_of_expiry,
        documents.confidence, documents.side_of, documents.cut_from, documents.part,
        documents.region, documents.parts, documents.kept_whole, documents.person_id,
        documents.duplicates,
        documents.decided_at, documents.pictures_erased_at, documents.trashed_at,
        documents.archived_at, documents.assigned_to, assignees.name AS assigned_to_name,
        users.name AS submitted_by_name, jobs.progress_step, jobs.progress_percent
    FROM documents
    JOIN users ON users.id = documents.submitted_by
    LEFT JOIN users AS assignees ON assignees.id = documents.assigned_to
    LEFT JOIN jobs ON documents.status = 'processing' AND jobs.sequence = (
        SELECT max(latest.sequence) FROM jobs AS latest WHERE latest.document_id = documents.id
    )";

fn from_row(row: &Row<'_>) -> Result<Listed, Error> {
    let digest: String = row.get("digest")?;
    let problem = match row.get::<Option<String>>("problem_code")? {
        Some(code) => Some(Problem {
            code,
            message: row.get("problem_message")?,
        }),
        None => None,
    };
    let document_type = match row.get::<Option<String>>("document_type")? {
        Some(_) => Some(row.parse("document_type")?),
        None => None,
    };
    let assigned_to = match row.get::<Option<String>>("assigned_to")? {
        Some(_) => Some((row.parse("assigned_to")?, row.get("assigned_to_name")?)),
        None => None,
    };
    Ok(Listed {
        number: row.get("number")?,
        document: Document {
            id: row.parse("id")?,
            name: row.get("name")?,
            digest: BlobDigest::try_from(digest).map_err(|_| damaged("digest"))?,
            media_type: row.get("media_type")?,
            size: row.get("size")?,
            status: row.parse("status")?,
            problem,
            submitted_by: row.parse("submitted_by")?,
            submitted_at: row.get("submitted_at")?,
            changed_at: row.get("changed_at")?,
        },
        derived: Derived {
            title: row.get("title")?,
            document_type,
            issuing_country: row.get("issuing_country")?,
            doubtful: row.get("doubtful")?,
            pages: row.get("pages")?,
            title_key: row.get("title_key")?,
            date_of_birth: row.get("date_of_birth")?,
            date_of_expiry: row.get("date_of_expiry")?,
            confidence: row.get("confidence")?,
        },
        belonging: Belonging {
            side_of: row.parse_some("side_of")?,
            cut_from: match row.parse_some("cut_from")? {
                Some(sheet) => Some(Cut {
                    sheet,
                    part: row.get("part")?,
                    region: row.json("region")?,
                }),
                None => None,
            },
            parts: row.get("parts")?,
            kept_whole: row.get("kept_whole")?,
            person: row.parse_some("person_id")?,
            duplicates: row.get("duplicates")?,
        },
        progress: jobs::progress_from_row(row)?,
        submitted_by_name: row.get("submitted_by_name")?,
        decided_at: row.get("decided_at")?,
        pictures_erased_at: row.get("pictures_erased_at")?,
        trashed_at: row.get("trashed_at")?,
        assigned_to,
        archived_at: row.get("archived_at")?,
    })
}

/// Keeps a new document. A digest that is there already is an error of the engine: ask first, in
/// the same transaction.
pub fn insert(transaction: &Transaction, document: &Document) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO documents (id, name, digest, media_type, size, status, submitted_by,
                                submitted_at, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            document.id,
            &document.name,
            &document.digest,
            document.media_type.as_str(),
            document.size as i64,
            document.status.as_str(),
            document.submitted_by,
            document.submitted_at,
            document.changed_at,
        ],
    )?;
    Ok(())
}

/// A document with all that is known of it already.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The document.
    pub document: &'a Document,
    /// What is derived.
    pub derived: &'a Derived,
    /// When the keys of its pictures were destroyed.
    pub pictures_erased_at: Option<Timestamp>,
}

/// Keeps documents with all that is known of them already, in this order.
pub fn insert_known<'a>(
    transaction: &Transaction,
    documents: impl IntoIterator<Item = Known<'a>>,
) -> Result<(), Error> {
    let row = |known: Known<'_>| {
        let Known {
            document, derived, ..
        } = known;
        let problem = document.problem.as_ref();
        values![
            document.id,
            &document.name,
            &document.digest,
            document.media_type.as_str(),
            document.size as i64,
            document.status.as_str(),
            problem.map(|problem| problem.code.as_str()),
            problem.map(|problem| problem.message.as_str()),
            document.submitted_by,
            document.submitted_at,
            document.changed_at,
            derived.title.as_ref(),
            derived.document_type.map(|kind| kind.to_string()),
            derived.issuing_country.as_deref(),
            derived.doubtful,
            derived.pages,
            derived.title_key.as_str(),
            derived.date_of_birth.as_str(),
            derived.date_of_expiry.as_str(),
            derived.confidence,
            document.status.is_settled().then_some(document.changed_at),
            known.pictures_erased_at,
        ]
        .to_vec()
    };
    let rows: Vec<_> = documents.into_iter().map(row).collect();
    transaction.insert_all(
        "INSERT INTO documents (id, name, digest, media_type, size, status, problem_code,
                                problem_message, submitted_by, submitted_at, changed_at, title,
                                document_type, issuing_country, doubtful, pages, title_key,
                                date_of_birth, date_of_expiry, confidence, decided_at,
                                pictures_erased_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &rows,
    )
}

/// The open document of an id: one that was closed away is not there for whoever works.
pub fn get(snapshot: &Snapshot, id: DocumentId) -> Result<Option<Listed>, Error> {
    let found = find(snapshot, id)?;
    Ok(found.filter(|listed| listed.archived_at.is_none()))
}

/// The document of an id, open or closed away.
pub fn find(snapshot: &Snapshot, id: DocumentId) -> Result<Option<Listed>, Error> {
    let sql = format!("{SELECT} WHERE documents.id = ?");
    snapshot.first(&sql, values![id], from_row)
}

/// Closes a document away where it is, or opens it again.
pub fn set_archived(
    transaction: &Transaction,
    id: DocumentId,
    at: Option<Timestamp>,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET archived_at = ? WHERE id = ?",
        values![at, id],
    )?;
    Ok(())
}

/// The document of a digest, open or closed away.
pub fn by_digest(snapshot: &Snapshot, digest: &BlobDigest) -> Result<Option<Listed>, Error> {
    let sql = format!("{SELECT} WHERE documents.digest = ?");
    snapshot.first(&sql, values![digest], from_row)
}

/// At most `limit` documents that a filter lets through, in an order.
pub fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    order: &Order,
    limit: u32,
) -> Result<Vec<Listed>, Error> {
    let (mut conditions, mut values) = conditions(snapshot, filter);
    if !snapshot.is_on_server() {
        let demands = ways::Demand::of(conditions, values);
        return of_numbers(snapshot, &ways::page(snapshot, &demands, order, limit)?);
    }
    if let Some((beyond, place)) = order.beyond("documents") {
        conditions.push(beyond);
        values.extend(place);
    }
    let conditions = if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", conditions.join(" AND "))
    };
    values.push(Value::from(limit));
    let by = order.by("documents");
    let sql = format!("{SELECT}{conditions} ORDER BY {by} LIMIT ?");
    snapshot.all(&sql, &values, from_row)
}

/// The same, and how many documents the filter lets through, counted no further than to `most`.
pub fn list_and_count(
    snapshot: &Snapshot,
    filter: &Filter,
    order: &Order,
    limit: u32,
    most: u32,
) -> Result<(Vec<Listed>, u64), Error> {
    if snapshot.is_on_server() {
        let listed = list(snapshot, filter, order, limit)?;
        return Ok((listed, count_up_to(snapshot, filter, most)?));
    }
    let (conditions, values) = conditions(snapshot, filter);
    let demands = ways::Demand::of(conditions, values);
    let (numbers, count) = ways::page_and_count(snapshot, &demands, order, limit, most)?;
    Ok((of_numbers(snapshot, &numbers)?, count))
}

/// The documents of some numbers, in the order of the numbers.
fn of_numbers(snapshot: &Snapshot, numbers: &[i64]) -> Result<Vec<Listed>, Error> {
    let sql = format!("{SELECT} WHERE documents.number IN (SELECT value FROM json_each(?))");
    let mut found = snapshot.all(&sql, values![ways::list_of(numbers)], from_row)?;
    let place = |listed: &Listed| numbers.iter().position(|number| *number == listed.number);
    found.sort_by_cached_key(place);
    Ok(found)
}

/// How many documents a filter lets through, counted no further than to `most`.
pub fn count_up_to(snapshot: &Snapshot, filter: &Filter, most: u32) -> Result<u64, Error> {
    let (conditions, mut values) = conditions(snapshot, filter);
    if !snapshot.is_on_server() {
        return ways::count(snapshot, &ways::Demand::of(conditions, values), most);
    }
    let mut sql = "SELECT documents.number FROM documents".to_owned();
    if !conditions.is_empty() {
        sql = format!("{sql} WHERE {}", conditions.join(" AND "));
    }
    values.push(Value::from(most));
    let sql = format!("SELECT count(*) AS documents FROM ({sql} LIMIT ?) AS found");
    snapshot.one(&sql, &values, |row| row.get("documents"))
}

/// No other document stands for it.
const STANDS_FOR_ITSELF: &str = "documents.side_of IS NULL AND documents.parts = 0";

/// What a filter asks of a document, and the parameters of it.
fn conditions(snapshot: &Snapshot, filter: &Filter) -> (Vec<String>, Vec<Value>) {
    let is_null = |column: &str, wanted: bool| {
        let not = if wanted { " NOT" } else { "" };
        format!("documents.{column} IS{not} NULL")
    };
    let mut conditions = vec![
        STANDS_FOR_ITSELF.to_owned(),
        is_null("archived_at", filter.archived),
        is_null("trashed_at", filter.trashed),
    ];
    let mut values = Vec::new();
    let mut one_of = |column: &str, words: Vec<&str>| {
        if !words.is_empty() {
            let marks = vec!["?"; words.len()].join(", ");
            conditions.push(format!("documents.{column} IN ({marks})"));
            values.extend(words.into_iter().map(Value::from));
        }
    };
    let statuses = filter.statuses.iter().map(|status| status.as_str());
    one_of("status", statuses.collect());
    let types = filter.document_types.iter().map(String::as_str);
    one_of("document_type", types.collect());
    let countries = filter.issuing_countries.iter().map(String::as_str);
    one_of("issuing_country", countries.collect());
    let mut demand = |condition: &str, value: Value| {
        conditions.push(condition.to_owned());
        values.push(value);
    };
    if let Some((condition, question)) = search::question(snapshot, &filter.words) {
        demand(condition, question.into());
    }
    if let Some(user) = filter.submitted_by {
        demand("documents.submitted_by = ?", user.into());
    }
    if let Some(from) = filter.submitted_from {
        demand("documents.submitted_at >= ?", from.into());
    }
    if let Some(before) = filter.submitted_before {
        demand("documents.submitted_at < ?", before.into());
    }
    if let Some(below) = filter.confidence_below {
        demand("documents.confidence < ?", below.into());
    }
    match filter.doubtful {
        Some(true) => demand("documents.doubtful > ?", 0_i64.into()),
        Some(false) => demand("documents.doubtful = ?", 0_i64.into()),
        None => {}
    }
    if let Some(day) = &filter.expired_before {
        demand(
            "documents.date_of_expiry > '' AND documents.date_of_expiry < ?",
            day.as_str().into(),
        );
    }
    if let Some(user) = filter.assigned_to {
        demand("documents.assigned_to = ?", user.into());
    }
    match filter.assigned {
        Some(true) => conditions.push("documents.assigned_to IS NOT NULL".to_owned()),
        Some(false) => conditions.push("documents.assigned_to IS NULL".to_owned()),
        None => {}
    }
    (conditions, values)
}

/// At most `limit` documents, open and closed away, the newest first: those that were submitted before the
/// one of a number.
pub fn page(snapshot: &Snapshot, before: Option<i64>, limit: u32) -> Result<Vec<Listed>, Error> {
    let sql = format!("{SELECT} WHERE documents.number < ? ORDER BY documents.number DESC LIMIT ?");
    snapshot.all(&sql, values![before.unwrap_or(i64::MAX), limit], from_row)
}

/// Sets where a document stands, and when it was settled: now, or not at all while it waits for somebody.
pub fn set_status(
    transaction: &Transaction,
    id: DocumentId,
    status: DocumentStatus,
    problem: Option<&Problem>,
    at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents
         SET status = ?, problem_code = ?, problem_message = ?, changed_at = ?, decided_at = ?
         WHERE id = ?",
        values![
            status.as_str(),
            problem.map(|problem| problem.code.as_str()),
            problem.map(|problem| problem.message.as_str()),
            at,
            status.is_settled().then_some(at),
            id,
        ],
    )?;
    Ok(())
}

/// Gives a document a problem, or takes it away; it stands where it stood.
pub fn set_problem(
    transaction: &Transaction,
    id: DocumentId,
    problem: Option<&Problem>,
    at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET problem_code = ?, problem_message = ?, changed_at = ? WHERE id = ?",
        values![
            problem.map(|problem| problem.code.as_str()),
            problem.map(|problem| problem.message.as_str()),
            at,
            id,
        ],
    )?;
    Ok(())
}

/// Notes that the keys of a document's pictures are destroyed, and destroys what opened a locked file.
pub fn set_pictures_erased(
    transaction: &Transaction,
    id: DocumentId,
    at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET pictures_erased_at = ?, changed_at = ?, file_password = NULL
         WHERE id = ?",
        values![at, at, id],
    )?;
    Ok(())
}

/// What opens the file of a document where it is locked, as it was sealed.
pub fn file_password(snapshot: &Snapshot, id: DocumentId) -> Result<Option<String>, Error> {
    let sql = "SELECT file_password FROM documents WHERE id = ?";
    let found = snapshot.first(sql, values![id], |row| {
        row.get::<Option<String>>("file_password")
    })?;
    Ok(found.flatten())
}

/// Keeps what opens the file of a document.
pub fn set_file_password(
    transaction: &Transaction,
    id: DocumentId,
    sealed: &str,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET file_password = ? WHERE id = ?",
        values![sealed, id],
    )?;
    Ok(())
}

/// Sets who is to look at a document: a user, or nobody in particular.
pub fn assign(
    transaction: &Transaction,
    id: DocumentId,
    user: Option<UserId>,
    at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET assigned_to = ?, changed_at = ? WHERE id = ?",
        values![user, at, id],
    )?;
    Ok(())
}

/// Puts a document into the trash, or takes it out.
pub fn set_trashed(
    transaction: &Transaction,
    id: DocumentId,
    by: Option<UserId>,
    at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET trashed_at = ?, trashed_by = ?, changed_at = ? WHERE id = ?",
        values![by.map(|_| at), by, at, id],
    )?;
    Ok(())
}

/// At most `limit` documents that were put into the trash at an instant or before and are not held, the
/// longest there first.
pub fn trashed_until(
    snapshot: &Snapshot,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<DocumentId>, Error> {
    snapshot.all(
        "SELECT id FROM documents WHERE trashed_at IS NOT NULL AND trashed_at <= ?
             AND NOT EXISTS (SELECT 1 FROM legal_holds WHERE legal_holds.document_id = documents.id)
         ORDER BY trashed_at, number LIMIT ?",
        values![until, limit],
        |row| row.parse("id"),
    )
}

/// Sets what lists show of reading and corrections.
pub fn set_derived(
    transaction: &Transaction,
    id: DocumentId,
    derived: &Derived,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents
         SET title = ?, document_type = ?, issuing_country = ?, doubtful = ?, pages = ?,
             title_key = ?, date_of_birth = ?, date_of_expiry = ?, confidence = ?
         WHERE id = ?",
        values![
            derived.title.as_ref(),
            derived.document_type.map(|kind| kind.to_string()),
            derived.issuing_country.as_deref(),
            derived.doubtful,
            derived.pages,
            derived.title_key.as_str(),
            derived.date_of_birth.as_str(),
            derived.date_of_expiry.as_str(),
            derived.confidence,
            id,
        ],
    )?;
    Ok(())
}

/// The document that is the other side of this one and shown with it.
pub fn other_side(snapshot: &Snapshot, id: DocumentId) -> Result<Option<DocumentId>, Error> {
    snapshot.first(
        "SELECT id FROM documents WHERE side_of = ?",
        values![id],
        |row| row.parse("id"),
    )
}

/// Makes a document the other side of another one, or none.
pub fn set_side_of(
    transaction: &Transaction,
    id: DocumentId,
    side_of: Option<DocumentId>,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET side_of = ? WHERE id = ?",
        values![side_of, id],
    )?;
    Ok(())
}

/// Notes what a document was cut out of.
pub fn set_cut(transaction: &Transaction, id: DocumentId, cut: &Cut) -> Result<(), Error> {
    let region = serde_json::to_string(&cut.region).map_err(|_| damaged("region"))?;
    transaction.execute(
        "UPDATE documents SET cut_from = ?, part = ?, region = ? WHERE id = ?",
        values![cut.sheet, cut.part, region, id],
    )?;
    Ok(())
}

/// Makes a document one of its own that was cut out of another.
pub fn clear_cut(transaction: &Transaction, id: DocumentId) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET cut_from = NULL, part = NULL, region = NULL WHERE id = ?",
        values![id],
    )?;
    Ok(())
}

/// Notes whether a document is one, whatever lies on it.
pub fn set_kept_whole(
    transaction: &Transaction,
    id: DocumentId,
    kept_whole: bool,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET kept_whole = ? WHERE id = ?",
        values![kept_whole, id],
    )?;
    Ok(())
}

/// Counts what was cut out of a document and stands for it.
pub fn count_parts(transaction: &Transaction, sheet: DocumentId) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET parts = (SELECT count(*) FROM documents WHERE cut_from = ?)
         WHERE id = ?",
        values![sheet, sheet],
    )?;
    Ok(())
}

/// The documents that were cut out of one, in the order in which they were made.
pub fn parts(snapshot: &Snapshot, sheet: DocumentId) -> Result<Vec<DocumentId>, Error> {
    snapshot.all(
        "SELECT id FROM documents WHERE cut_from = ? ORDER BY number",
        values![sheet],
        |row| row.parse("id"),
    )
}

/// Puts a document under a person, or under none.
pub fn set_person(
    transaction: &Transaction,
    id: DocumentId,
    person: Option<PersonId>,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET person_id = ? WHERE id = ?",
        values![person, id],
    )?;
    Ok(())
}

/// The documents of a person, the newest first; of cards the side that shows both.
pub fn of_person(snapshot: &Snapshot, person: PersonId) -> Result<Vec<Listed>, Error> {
    let sql = format!("{SELECT} WHERE documents.person_id = ? ORDER BY documents.number DESC");
    snapshot.all(&sql, values![person], from_row)
}

/// The same with the other sides of them, as ids only, the oldest first.
pub fn ids_of_person(snapshot: &Snapshot, person: PersonId) -> Result<Vec<DocumentId>, Error> {
    snapshot.all(
        "SELECT number, id FROM documents WHERE person_id = ?
         UNION
         SELECT side.number, side.id FROM documents AS front
         JOIN documents AS side ON side.side_of = front.id
         WHERE front.person_id = ? ORDER BY number",
        values![person, person],
        |row| row.parse("id"),
    )
}

/// A person and the newest of its documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// How many documents there are.
    pub documents: u32,
    /// The newest.
    pub newest: Listed,
}

/// At most `limit` persons, those first whose newest document is the newest: those whose newest one was
/// submitted before the one of a number.
pub fn persons(snapshot: &Snapshot, before: Option<i64>, limit: u32) -> Result<Vec<Person>, Error> {
    let found = snapshot.all(
        "SELECT person_id, count(*) AS documents, max(number) AS newest FROM documents
         WHERE person_id IS NOT NULL GROUP BY person_id HAVING max(number) < ?
         ORDER BY max(number) DESC LIMIT ?",
        values![before.unwrap_or(i64::MAX), limit],
        |row| {
            let id: PersonId = row.parse("person_id")?;
            Ok((id, row.get::<u32>("documents")?, row.get::<i64>("newest")?))
        },
    )?;
    let sql = format!("{SELECT} WHERE documents.number = ?");
    let mut persons = Vec::new();
    for (id, documents, number) in found {
        if let Some(newest) = snapshot.first(&sql, values![number], from_row)? {
            persons.push(Person {
                id,
                documents,
                newest,
            });
        }
    }
    Ok(persons)
}

/// Notes how many others a document may be a duplicate of, and that it was compared.
pub fn set_compared(
    transaction: &Transaction,
    id: DocumentId,
    duplicates: u32,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents SET duplicates = ?, compared = 1 WHERE id = ?",
        values![duplicates, id],
    )?;
    Ok(())
}

/// At most `limit` documents that were read and not compared with others, the oldest first.
pub fn not_compared(snapshot: &Snapshot, limit: u32) -> Result<Vec<DocumentId>, Error> {
    snapshot.all(
        "SELECT id FROM documents WHERE compared = 0 AND pages > 0 ORDER BY number LIMIT ?",
        values![limit],
        |row| row.parse("id"),
    )
}

/// Lets every document be compared anew: what they are looked for by is not there any more.
pub fn forget_compared(transaction: &Transaction) -> Result<(), Error> {
    transaction.execute("UPDATE documents SET compared = 0", values![])?;
    Ok(())
}

/// Deletes a document with its readings, corrections and jobs; says whether it was there.
pub fn delete(transaction: &Transaction, id: DocumentId) -> Result<bool, Error> {
    search::forget(transaction, id)?;
    let deleted = transaction.execute("DELETE FROM documents WHERE id = ?", values![id])?;
    Ok(deleted > 0)
}

/// The highest number a document has; 0 where there is none.
pub fn last_number(snapshot: &Snapshot) -> Result<u64, Error> {
    snapshot.one(
        "SELECT coalesce(max(number), 0) AS last FROM documents",
        values![],
        |row| row.get("last"),
    )
}
