//! Everything that can go wrong in an act of the product, each with one sentence for the person.
//!
//! No sentence carries a field value, a file name or a key: whoever asked knows which file it was,
//! and everybody else who might read a log must not.

use std::path::PathBuf;

use model::{DocumentStatus, FieldName, Role};

/// What family an error belongs to, so that a door can answer without knowing every variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The request itself is wrong; asking again the same way cannot help.
    Invalid,
    /// Nobody is signed in, or the sign-in was refused.
    Unauthenticated,
    /// Somebody is signed in, but may not do this.
    Forbidden,
    /// What was asked for is not here.
    NotFound,
    /// The state of things forbids it at the moment.
    Conflict,
    /// More bytes than are taken.
    TooLarge,
    /// A kind of file that is not taken.
    Unsupported,
    /// Something this machine should provide is missing for now; trying later can help.
    Unavailable,
    /// The program's own fault, or the disk's.
    Internal,
}

/// An act that did not succeed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    // --- opening
    /// The platform names no place for the program's data.
    #[error("This account has no home directory, so there is no place for Lectern's data")]
    NoHome,
    /// A directory or file of the store itself cannot be used.
    #[error("`{}` cannot be used: {source}", path.display())]
    Path {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file of certificates holds none.
    #[error("The trust list cannot be used: {0}")]
    TrustList(read::TrustListError),
    /// A definition of a document type cannot be used.
    #[error("The definition cannot be used: {0}")]
    Definition(#[from] read::types::DefinitionError),
    /// A definition longer than any sensible one.
    #[error("A definition has at most {limit} bytes; this one has {bytes}")]
    DefinitionTooLong {
        /// How long it is.
        bytes: usize,
        /// The most that is taken.
        limit: usize,
    },
    /// A built-in type stays as it is.
    #[error("`{id}` is a built-in type, which stays as it is; give the new one an id of its own")]
    TypeBuiltIn {
        /// Its id.
        id: String,
    },
    /// An address that documents must not be sent to.
    #[error(
        "Documents are sent to addresses that begin with https:// (or http:// on this very machine), without a name, password or query in them"
    )]
    OutsideAddress,
    /// A reader outside that cannot be set up like this.
    #[error(
        "A reader outside needs a name of lower-case letters, digits and underscores, a model where its protocol has one (openai, azure), an API version for azure alone, and 1 to 300 seconds"
    )]
    OutsideInvalid,
    /// No such reader.
    #[error("There is no reader outside of this name")]
    OutsideNotFound,
    /// The sentence that was accepted is not the one that holds.
    #[error(
        "The sentence that says what leaves this machine must be accepted in its version {version}"
    )]
    SentenceOutdated {
        /// The version that holds.
        version: u32,
    },
    /// No such type or version.
    #[error("There is no such document type, or not in this version")]
    TypeNotFound,
    /// The type is out of use already.
    #[error("`{id}` is out of use already")]
    TypeRetired {
        /// Its id.
        id: String,
    },
    /// The sides of a type belong to one that is not there.
    #[error("`pairing.with`: there is no type `{id}`; import it first, without its own pairing")]
    TypeUnknown {
        /// The id it names.
        id: String,
    },
    /// The data directory holds a store whose master key is in no place where it is looked for.
    #[error("The key of the store in `{}` was not found in {looked}", data.display())]
    KeyMissing {
        /// The data directory.
        data: PathBuf,
        /// Where it was looked for, in words.
        looked: String,
    },
    /// There is a master key, but it does not open this store.
    #[error("The key from {found} does not open the store in `{}`", data.display())]
    KeyWrong {
        /// The data directory.
        data: PathBuf,
        /// Where the key came from, in words.
        found: String,
    },
    /// A key file does not hold a key.
    #[error("`{}` does not hold a key: it must be 64 hexadecimal digits", path.display())]
    KeyFileDamaged {
        /// The key file.
        path: PathBuf,
    },
    /// A key file can be read by other users of the machine.
    #[error("`{}` can be read by other users of this machine, so it is not used", path.display())]
    KeyFileOpen {
        /// The key file.
        path: PathBuf,
    },
    /// The keychain is there but locked.
    #[error("The keychain of this account is locked")]
    KeychainLocked,
    /// The keychain is there but refuses this program.
    #[error("The keychain of this account refuses Lectern: {reason}")]
    KeychainDenied {
        /// What the keychain says.
        reason: String,
    },
    /// The keychain is not there, and the store's key was kept in it.
    #[error("This account has no keychain at the moment, and the store's key is kept in it")]
    KeychainAbsent,
    /// The description of the store cannot be understood.
    #[error("`{}` is damaged, so the store beside it cannot be opened", path.display())]
    StoreCardDamaged {
        /// The file.
        path: PathBuf,
    },
    /// The data directory was made by a newer program.
    #[error("The store in `{}` was made by a newer Lectern, which this one cannot read", data.display())]
    StoreNewer {
        /// The data directory.
        data: PathBuf,
    },
    /// Files of a store lie here without the description that says how to open them.
    #[error("`{}` holds a database but not the `store.json` that belongs to it", data.display())]
    StoreCardMissing {
        /// The data directory.
        data: PathBuf,
    },
    /// The database of a store that once was complete is gone.
    #[error("The database of the store in `{}` is missing", data.display())]
    DatabaseMissing {
        /// The data directory.
        data: PathBuf,
    },
    /// A data directory of one machine was opened, but its store is on a server.
    #[error("The store of `{}` is in a database of a server, which was not named", data.display())]
    StoreOnServer {
        /// The data directory.
        data: PathBuf,
    },
    /// A server was named, but the data directory holds a store of its own.
    #[error("`{}` holds a store of its own, so no other on a server is opened with it", data.display())]
    StoreNotOnServer {
        /// The data directory.
        data: PathBuf,
    },
    /// The files of a store on a server are not where this data directory has them.
    #[error("The files of this store are in a bucket or in a folder of another machine")]
    FilesElsewhere,
    /// A database on a server is not sealed by a key of ours.
    #[error("A database on a server has no key of its own that could be changed")]
    NoKeyOnServer,
    /// A database belongs to another store.
    #[error("The database `{address}` belongs to another store")]
    OtherStore {
        /// Where it is, without name and password.
        address: String,
    },
    /// A key would lie beside the data it opens.
    #[error("`{}` is inside the data directory, where keys must not lie", path.display())]
    KeyInData {
        /// The configuration directory or key file.
        path: PathBuf,
    },
    /// What was given as the key is none.
    #[error("LECTERN_KEY does not hold a key: it must be 64 hexadecimal digits")]
    KeyTextInvalid,
    /// The key was given in the environment, which only whoever gave it can change.
    #[error("The store's key is given by LECTERN_KEY, which Lectern cannot change by itself")]
    KeyPlaceFixed,
    /// Another process made another master key the current one, and this one cannot find it.
    #[error("The store's key was changed, and this program still has the old one")]
    KeyChanged,
    /// A rotation was begun and did not end.
    #[error("The store's key is being changed")]
    RotationUnderWay,
    /// The database file is getting another key.
    #[error(
        "The database is getting another key at the moment, or an attempt at it was interrupted"
    )]
    RekeyUnderWay,
    /// The database is a server's.
    #[error("The database is on a server, so there is no file to seal with another key")]
    NoDatabaseFile,
    /// There is no store.
    #[error("There is no store in `{}`", data.display())]
    NoStore {
        /// The data directory.
        data: PathBuf,
    },
    /// The code cannot be one.
    #[error("This is not a recovery code: a symbol is wrong, missing or too many")]
    RecoveryCodeMistyped,
    /// The code is one, but does not open this store.
    #[error("This recovery code does not open the store")]
    RecoveryCodeWrong,
    /// The store has none.
    #[error("This store has no recovery code")]
    NoRecoveryCode,
    /// Others have the store open.
    #[error("Another Lectern has the store open")]
    StoreInUse,
    /// No such backup.
    #[error("There is no such backup in the folder")]
    BackupNotFound,
    /// A backup is not what was written.
    #[error("The backup is damaged or was altered, so it is not used")]
    BackupDamaged,
    /// A backup of another schema.
    #[error("The backup was made by Lectern {program}, whose database is built differently")]
    BackupOtherSchema {
        /// Version of the program that made it.
        program: String,
    },
    /// A backup would lie inside of what it backs up.
    #[error("`{}` is inside the data directory, where a backup would be lost with it", path.display())]
    BackupInData {
        /// The folder.
        path: PathBuf,
    },
    /// A store is only restored where there is none.
    #[error("There is something in `{}` or its database already, so nothing is restored there", data.display())]
    RestoreTaken {
        /// The data directory.
        data: PathBuf,
    },
    // --- submitting
    /// No bytes.
    #[error("The file is empty")]
    EmptyFile,
    /// Too many bytes.
    #[error("The file has {} MB; at most {} MB are taken", size.div_ceil(1_000_000), limit / 1_000_000)]
    TooLarge {
        /// Bytes of the file.
        size: u64,
        /// Bytes that are taken.
        limit: u64,
    },
    /// Not a kind of file that can be read; the sentence says what it is instead.
    #[error(transparent)]
    Unsupported(vision::DecodeError),
    /// A folder was given.
    #[error("This is a folder; give the files in it")]
    IsFolder,
    /// Nothing is there.
    #[error("There is no file here")]
    NoFile,
    /// Neither file nor folder.
    #[error("This is not a regular file")]
    NotAFile,
    /// The system does not let this account read it.
    #[error("This account may not read the file")]
    FileDenied,
    /// Reading it failed half way.
    #[error("The file could not be read: {0}")]
    FileUnreadable(std::io::Error),
    // --- documents
    /// No such document.
    #[error("There is no such document")]
    DocumentNotFound,
    /// No such person.
    #[error("There is no such person, or no document belongs to it any more")]
    PersonNotFound,
    /// A document cannot be compared with itself.
    #[error("These are not two documents but one and the same")]
    SameDocument,
    /// The document has no such page.
    #[error("The document has no page {page}")]
    PageNotFound {
        /// Counted from 0.
        page: u32,
    },
    /// The field was read nowhere on the page, so it has no crop.
    #[error("`{field}` has no place on the document")]
    NoEvidence {
        /// The field.
        field: FieldName,
    },
    /// The pages cannot be shown.
    #[error("The document has no pages that could be shown: {0}")]
    NotShowable(vision::DecodeError),
    /// The stored file is gone.
    #[error("The stored file of this document is missing")]
    FileMissing,
    /// The stored file is not what was stored.
    #[error("The stored file of this document was altered, so it is not used")]
    FileAltered,
    /// Only a waiting or running document can be cancelled.
    #[error("Only a document that waits or is being read can be cancelled; this one is {}", status.as_str())]
    CannotCancel {
        /// Where it stands.
        status: DocumentStatus,
    },
    /// Only a failed or cancelled document can be read again.
    #[error("Only a failed or cancelled document can be read again; this one is {}", status.as_str())]
    CannotRetry {
        /// Where it stands.
        status: DocumentStatus,
    },
    /// Only a document that failed because its file is locked takes a password.
    #[error("This document does not wait for a password")]
    NotLocked,
    /// Not a password of a file.
    #[error("The password of a file has 1 to 127 bytes")]
    FilePasswordInvalid,
    /// No such job.
    #[error("There is no such job")]
    JobNotFound,
    /// Only a job that waits, failed or was cancelled can be done anew.
    #[error(
        "Only a job that waits, failed or was cancelled can be done anew; this one is {state}, or another one does its work"
    )]
    CannotRetryJob {
        /// Where it stands.
        state: &'static str,
    },
    /// Only a job that waits or runs can be cancelled.
    #[error("Only a job that waits or runs can be cancelled; this one is {state}")]
    CannotCancelJob {
        /// Where it stands.
        state: &'static str,
    },
    /// A correction before there is a reading.
    #[error("The document is not read yet, so nothing can be corrected")]
    NotReadYet,
    /// A name that is no field name.
    #[error("A field name has letters, digits and underscores, at most 64")]
    FieldInvalid,
    /// Confirming what is not there.
    #[error("`{field}` has no value that could be confirmed")]
    NothingToConfirm {
        /// The field.
        field: FieldName,
    },
    /// An edit without a value, or a value too long.
    #[error(
        "a value of 1 to 1000 characters is needed; to say that there is none, clear the field"
    )]
    ValueInvalid,
    /// An address with a signature that is wrong or has ended.
    #[error("This address was changed, or its time is over")]
    LinkInvalid,
    /// Not a family, or nothing is said of it.
    #[error(
        "A policy is for a family of documents, such as passport, or for all, and says how long at least one part is kept"
    )]
    PolicyInvalid,
    /// Not a span of the calendar.
    #[error(
        "A time is of days, weeks, months and years, such as `30 days` or `5 years`, at least a day and at most 200 years"
    )]
    SpanInvalid,
    /// No such certificate.
    #[error("There is no such certificate")]
    CertificateNotFound,
    /// A text that is no certificate.
    #[error("This is not a certificate as Lectern writes it")]
    CertificateUnreadable,
    /// The pictures are erased.
    #[error("The pictures of this document were erased when their time was over; its record stays")]
    PicturesErased,
    /// The document is in the trash.
    #[error("This document is in the trash; restore it first")]
    InTrash,
    /// The document is not in the trash.
    #[error("This document is not in the trash")]
    NotInTrash,
    /// No such policy.
    #[error("There is no policy for these documents")]
    PolicyNotFound,
    /// Not a reason.
    #[error("A hold needs a reason of 1 to 500 characters")]
    ReasonInvalid,
    /// The document is under a legal hold.
    #[error("This document is under a legal hold, so it is not deleted; release it first")]
    Held,
    /// The record is closed away.
    #[error("This record is in the archive; an admin can restore it to work on it")]
    Archived,
    /// The record is not in the archive.
    #[error("There is no such record in the archive")]
    NotArchived,
    /// The record waits for somebody.
    #[error("Only a record that waits for nobody can be archived; this one is {}", status.as_str())]
    NotClosed {
        /// Where it stands.
        status: DocumentStatus,
    },
    /// The record is one with others.
    #[error(
        "This record belongs together with others, as a side, a part of a picture or by what somebody said \
         of them, and an archive that is a database of its own takes single records only"
    )]
    BoundToOthers,
    /// The record is between two databases.
    #[error("This record is on its way into the archive or out of it")]
    OnItsWay,
    /// None, or too many to be asked for at once.
    #[error("One to 1000 records can be moved at once")]
    TooManyRecords,
    /// What arrived is not what left, so nothing was taken out.
    #[error("A record did not arrive as it left, so it stays where it was")]
    CopyDiffers,
    /// The document is under no hold.
    #[error("This document is under no legal hold")]
    NotHeld,
    /// Invented records would mix with real ones.
    #[error(
        "This store holds documents already, and invented records could never be told from them again"
    )]
    StoreNotEmpty,
    /// What leaves could not be written.
    #[error("The records could not be written: {0}")]
    NotWritten(std::io::Error),
    /// The cursor was not made by this program.
    #[error("The cursor is not one that a list gave out")]
    CursorInvalid,
    // --- people
    /// The role does not suffice.
    #[error("This needs the role {}", needed.as_str())]
    NotAllowed {
        /// The weakest role that may.
        needed: Role,
    },
    /// Name or password is wrong; which of the two is not said.
    #[error("The name or the password is wrong")]
    WrongCredentials,
    /// Too many wrong passwords.
    #[error("Too many attempts; try again in {seconds} seconds")]
    TooManyAttempts {
        /// How long to wait.
        seconds: u64,
    },
    /// The one-time code was never given out, was used, or is too old.
    #[error("The code is used up, too old or wrong")]
    CodeInvalid,
    /// The name is taken.
    #[error("There is already a user of this name")]
    NameTaken,
    /// Not a name for a user or token.
    #[error("A name has 1 to 64 characters and no control characters")]
    NameInvalid,
    /// The password is too short or too long.
    #[error("A password has 10 to 200 characters")]
    PasswordInvalid,
    /// No such user.
    #[error("There is no such user")]
    UserNotFound,
    /// The last admin would go.
    #[error("The last admin who can sign in cannot be removed")]
    LastAdmin,
    /// The built-in user of this machine cannot be changed.
    #[error("The user of this machine itself cannot be changed")]
    LocalUser,
    /// No such token.
    #[error("There is no such token")]
    TokenNotFound,

    /// No such kept search of the caller.
    #[error("There is no such kept search")]
    SavedSearchNotFound,
    // --- below
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The sealed files.
    #[error(transparent)]
    Blobs(#[from] blobs::Error),
    /// The recognisers cannot be started.
    #[error("The reader cannot be started: {0}")]
    Engines(#[from] read::Error),
    /// A thread cannot be started.
    #[error("A thread cannot be started: {0}")]
    Thread(std::io::Error),
    /// The system gave no random bytes.
    #[error("The system gives no random numbers")]
    Random,
    /// A picture cannot be made.
    #[error("The picture cannot be made: {0}")]
    Picture(#[from] vision::PictureError),
    /// The store holds something that this program never writes.
    #[error("The store holds {what} that cannot be understood")]
    Damaged {
        /// What kind of thing.
        what: &'static str,
    },
}

impl Error {
    /// A stable name that doors, scripts and the UI may decide by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoHome => "no_home",
            Self::Path { .. } => "path_unusable",
            Self::TrustList(error) => error.code(),
            Self::Definition(error) => error.code(),
            Self::DefinitionTooLong { .. } => "definition_too_long",
            Self::TypeBuiltIn { .. } => "type_built_in",
            Self::OutsideAddress => "outside_address",
            Self::OutsideInvalid => "outside_invalid",
            Self::OutsideNotFound => "outside_not_found",
            Self::SentenceOutdated { .. } => "sentence_outdated",
            Self::TypeNotFound => "type_not_found",
            Self::TypeRetired { .. } => "type_retired",
            Self::TypeUnknown { .. } => "type_unknown",
            Self::KeyMissing { .. } => "key_missing",
            Self::KeyWrong { .. } => "key_wrong",
            Self::KeyFileDamaged { .. } => "key_file_damaged",
            Self::KeyFileOpen { .. } => "key_file_open",
            Self::KeychainLocked => "keychain_locked",
            Self::KeychainDenied { .. } => "keychain_denied",
            Self::KeychainAbsent => "keychain_absent",
            Self::StoreCardDamaged { .. } => "store_card_damaged",
            Self::StoreNewer { .. } => "store_newer",
            Self::StoreCardMissing { .. } => "store_card_missing",
            Self::DatabaseMissing { .. } => "database_missing",
            Self::StoreOnServer { .. } => "store_on_server",
            Self::StoreNotOnServer { .. } => "store_not_on_server",
            Self::FilesElsewhere => "files_elsewhere",
            Self::NoKeyOnServer => "no_key_on_server",
            Self::OtherStore { .. } => "store_other",
            Self::KeyInData { .. } => "key_in_data",
            Self::KeyTextInvalid => "key_text_invalid",
            Self::KeyPlaceFixed => "key_place_fixed",
            Self::KeyChanged => "key_changed",
            Self::RotationUnderWay => "rotation_under_way",
            Self::RekeyUnderWay => "rekey_under_way",
            Self::NoDatabaseFile => "database_on_server",
            Self::NoStore { .. } => "store_not_found",
            Self::RecoveryCodeMistyped => "recovery_code_mistyped",
            Self::RecoveryCodeWrong => "recovery_code_wrong",
            Self::NoRecoveryCode => "recovery_code_missing",
            Self::StoreInUse => "store_in_use",
            Self::BackupNotFound => "backup_not_found",
            Self::BackupDamaged => "backup_damaged",
            Self::BackupOtherSchema { .. } => "backup_other_schema",
            Self::BackupInData { .. } => "backup_in_data",
            Self::RestoreTaken { .. } => "restore_taken",
            Self::EmptyFile => "file_empty",
            Self::TooLarge { .. } => "file_too_large",
            Self::Unsupported(_) => "file_unsupported",
            Self::IsFolder => "file_is_folder",
            Self::NoFile => "file_not_found",
            Self::NotAFile => "file_not_regular",
            Self::FileDenied => "file_denied",
            Self::FileUnreadable(_) => "file_unreadable",
            Self::DocumentNotFound => "document_not_found",
            Self::PersonNotFound => "person_not_found",
            Self::SameDocument => "same_document",
            Self::PageNotFound { .. } => "page_not_found",
            Self::NoEvidence { .. } => "field_without_evidence",
            Self::NotShowable(_) => "document_not_showable",
            Self::FileMissing => "stored_file_missing",
            Self::FileAltered => "stored_file_altered",
            Self::CannotCancel { .. } => "cannot_cancel",
            Self::CannotRetry { .. } => "cannot_retry",
            Self::NotLocked => "document_not_locked",
            Self::FilePasswordInvalid => "file_password_invalid",
            Self::JobNotFound => "job_not_found",
            Self::CannotRetryJob { .. } => "cannot_retry_job",
            Self::CannotCancelJob { .. } => "cannot_cancel_job",
            Self::NotReadYet => "not_read_yet",
            Self::FieldInvalid => "field_invalid",
            Self::NothingToConfirm { .. } => "nothing_to_confirm",
            Self::ValueInvalid => "value_invalid",
            Self::LinkInvalid => "link_invalid",
            Self::CursorInvalid => "cursor_invalid",
            Self::NotAllowed { .. } => "not_allowed",
            Self::WrongCredentials => "wrong_credentials",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::CodeInvalid => "code_invalid",
            Self::NameTaken => "name_taken",
            Self::NameInvalid => "name_invalid",
            Self::PasswordInvalid => "password_invalid",
            Self::UserNotFound => "user_not_found",
            Self::LastAdmin => "last_admin",
            Self::LocalUser => "local_user",
            Self::TokenNotFound => "token_not_found",
            Self::SavedSearchNotFound => "saved_search_not_found",
            Self::NotWritten(_) => "not_written",
            Self::PolicyInvalid => "policy_invalid",
            Self::SpanInvalid => "span_invalid",
            Self::CertificateNotFound => "certificate_not_found",
            Self::CertificateUnreadable => "certificate_unreadable",
            Self::PicturesErased => "pictures_erased",
            Self::InTrash => "document_in_trash",
            Self::NotInTrash => "document_not_in_trash",
            Self::PolicyNotFound => "policy_not_found",
            Self::ReasonInvalid => "reason_invalid",
            Self::Held => "document_held",
            Self::NotHeld => "document_not_held",
            Self::StoreNotEmpty => "store_not_empty",
            Self::Archived => "document_archived",
            Self::NotArchived => "document_not_archived",
            Self::NotClosed { .. } => "document_not_closed",
            Self::BoundToOthers => "document_bound",
            Self::OnItsWay => "document_moving",
            Self::TooManyRecords => "too_many_records",
            Self::CopyDiffers => "copy_differs",
            Self::Store(error) => error.code(),
            Self::Blobs(error) => error.code(),
            Self::Engines(_) => "engines_unavailable",
            Self::Thread(_) => "thread_unavailable",
            Self::Random => "random_unavailable",
            Self::Picture(_) => "picture_failed",
            Self::Damaged { .. } => "store_damaged",
        }
    }

    /// What the person can do about it, in whole sentences.
    pub fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoHome => "Name the data directory with `--data DIR`.",
            Self::KeyMissing { .. } => {
                "Nothing was changed. Put the key file back in its place, sign in to the account whose keychain holds the key, or name the key file with LECTERN_KEY_FILE."
            }
            Self::KeyWrong { .. } => {
                "Nothing was changed. The key may belong to another store: restore the one that was made together with this data directory."
            }
            Self::KeyFileOpen { .. } => {
                "Allow only the owner to read it (`chmod 600`), and consider who may have seen it."
            }
            Self::KeychainLocked | Self::KeychainAbsent => {
                "Sign in to the desktop session, unlock the keychain, and start again."
            }
            Self::KeychainDenied { .. } => {
                "Allow Lectern in the keychain's settings and start again."
            }
            Self::StoreNewer { .. } => "Install the newer Lectern.",
            Self::StoreCardDamaged { .. }
            | Self::StoreCardMissing { .. }
            | Self::DatabaseMissing { .. } => {
                "Nothing was changed. Restore the data directory from a backup."
            }
            Self::StoreOnServer { .. } => "Name the server with LECTERN_DATABASE_URL.",
            Self::StoreNotOnServer { .. } => "Choose another data directory with `--data DIR`.",
            Self::FilesElsewhere => {
                "Name the bucket with LECTERN_BLOBS_URL; machines that share a database share a bucket."
            }
            Self::OtherStore { .. } => {
                "Nothing was changed. Name the database of this store, or an empty one."
            }
            Self::KeyInData { .. } => "Choose a configuration directory or key file elsewhere.",
            Self::KeyPlaceFixed => {
                "Name a file for the new key, then give its content as LECTERN_KEY."
            }
            Self::KeyChanged => "Give it the new key and start it again.",
            Self::RotationUnderWay => "End it with `lectern keys rotate`.",
            Self::RekeyUnderWay => "Open the store once, with any command, and try again.",
            Self::RecoveryCodeMistyped => {
                "A code has seven groups of four; there is no i, l, o and no 1 in it."
            }
            Self::RecoveryCodeWrong => {
                "Nothing was changed. It may be the code of another store, or one that was replaced since."
            }
            Self::NoRecoveryCode => {
                "Make one with `lectern keys code`, while the store can be opened."
            }
            Self::BackupOtherSchema { .. } => {
                "Restore it with that version, and open it with this one afterwards."
            }
            Self::BackupInData { .. } => "Choose a folder on another disk.",
            Self::BackupDamaged => {
                "Use another backup; `lectern backup verify` tells which are good."
            }
            Self::RestoreTaken { .. } => {
                "Name an empty directory with `--data`, and an empty database."
            }
            Self::StoreInUse => "Close the window, stop the server and the workers, and try again.",
            Self::CannotCancel { .. } => "To remove the document, delete it.",
            Self::OnItsWay => {
                "Try again in a moment; `lectern archive list` shows what is on its way."
            }
            Self::LastAdmin => "Make another user an admin first.",
            Self::Store(error) => return error.hints(),
            Self::Blobs(error) => return error.hints(),
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }

    /// The family it belongs to.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::EmptyFile
            | Self::PolicyInvalid
            | Self::SpanInvalid
            | Self::CertificateUnreadable
            | Self::ReasonInvalid
            | Self::TooManyRecords
            | Self::IsFolder
            | Self::NotAFile
            | Self::FieldInvalid
            | Self::SameDocument
            | Self::NothingToConfirm { .. }
            | Self::ValueInvalid
            | Self::CursorInvalid
            | Self::RecoveryCodeMistyped
            | Self::NameInvalid
            | Self::TrustList(_)
            | Self::FilePasswordInvalid
            | Self::Definition(_)
            | Self::DefinitionTooLong { .. }
            | Self::OutsideAddress
            | Self::OutsideInvalid
            | Self::TypeUnknown { .. }
            | Self::PasswordInvalid
            | Self::Store(
                store::Error::AddressInvalid { .. }
                | store::Error::QuestionInvalid { .. }
                | store::Error::TooLong,
            ) => ErrorKind::Invalid,
            Self::WrongCredentials | Self::TooManyAttempts { .. } | Self::CodeInvalid => {
                ErrorKind::Unauthenticated
            }
            Self::NotAllowed { .. } | Self::LinkInvalid | Self::FileDenied | Self::LocalUser => {
                ErrorKind::Forbidden
            }
            Self::NoFile
            | Self::NoStore { .. }
            | Self::BackupNotFound
            | Self::DocumentNotFound
            | Self::PersonNotFound
            | Self::JobNotFound
            | Self::PageNotFound { .. }
            | Self::NoEvidence { .. }
            | Self::UserNotFound
            | Self::TokenNotFound
            | Self::SavedSearchNotFound
            | Self::PolicyNotFound
            | Self::CertificateNotFound
            | Self::PicturesErased
            | Self::NotInTrash
            | Self::TypeNotFound
            | Self::OutsideNotFound
            | Self::NotHeld
            | Self::NotArchived
            | Self::Store(store::Error::NoSuchVersion { .. }) => ErrorKind::NotFound,
            Self::RotationUnderWay
            | Self::RekeyUnderWay
            | Self::NoDatabaseFile
            | Self::BackupOtherSchema { .. }
            | Self::BackupInData { .. }
            | Self::RestoreTaken { .. }
            | Self::KeyPlaceFixed
            | Self::RecoveryCodeWrong
            | Self::NoRecoveryCode
            | Self::StoreInUse
            | Self::CannotCancel { .. }
            | Self::CannotRetry { .. }
            | Self::NotLocked
            | Self::CannotRetryJob { .. }
            | Self::CannotCancelJob { .. }
            | Self::NoKeyOnServer
            | Self::NotReadYet
            | Self::NotShowable(_)
            | Self::NameTaken
            | Self::LastAdmin
            | Self::InTrash
            | Self::Archived
            | Self::NotClosed { .. }
            | Self::BoundToOthers
            | Self::OnItsWay
            | Self::TypeBuiltIn { .. }
            | Self::TypeRetired { .. }
            | Self::SentenceOutdated { .. }
            | Self::StoreNotEmpty
            | Self::Held => ErrorKind::Conflict,
            Self::TooLarge { .. } => ErrorKind::TooLarge,
            Self::Unsupported(_) => ErrorKind::Unsupported,
            Self::KeyMissing { .. }
            | Self::KeychainLocked
            | Self::KeychainDenied { .. }
            | Self::KeychainAbsent
            | Self::KeyChanged
            | Self::Thread(_)
            | Self::Random => ErrorKind::Unavailable,
            Self::Store(error) if !error.is_permanent() => ErrorKind::Unavailable,
            Self::Blobs(error) if !error.is_permanent() => ErrorKind::Unavailable,
            Self::NoHome
            | Self::Path { .. }
            | Self::KeyWrong { .. }
            | Self::KeyFileDamaged { .. }
            | Self::KeyFileOpen { .. }
            | Self::KeyTextInvalid
            | Self::BackupDamaged
            | Self::StoreCardDamaged { .. }
            | Self::StoreNewer { .. }
            | Self::StoreCardMissing { .. }
            | Self::DatabaseMissing { .. }
            | Self::StoreOnServer { .. }
            | Self::StoreNotOnServer { .. }
            | Self::OtherStore { .. }
            | Self::FilesElsewhere
            | Self::KeyInData { .. }
            | Self::FileUnreadable(_)
            | Self::FileMissing
            | Self::FileAltered
            | Self::Store(_)
            | Self::Blobs(_)
            | Self::Engines(_)
            | Self::Picture(_)
            | Self::NotWritten(_)
            | Self::CopyDiffers
            | Self::Damaged { .. } => ErrorKind::Internal,
        }
    }

    /// Whether trying the very same again is pointless.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Store(error) => error.is_permanent(),
            Self::Blobs(error) => error.is_permanent(),
            Self::TooManyAttempts { .. }
            | Self::KeychainLocked
            | Self::KeychainAbsent
            | Self::FileUnreadable(_)
            | Self::Thread(_)
            | Self::Random => false,
            _ => true,
        }
    }
}
