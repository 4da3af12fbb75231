//! Identifiers: newtypes over UUIDv7, so that they sort by time of making and cannot be confused.
//!
//! Making one needs a clock and dice, which this crate has not: `app` makes them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// One document: an uploaded file and all that is known of it.
    DocumentId;
    /// One stored reading of a document.
    ReadingId;
    /// One correction or confirmation by a person.
    CorrectionId;
    /// One durable job.
    JobId;
    /// One person whom documents belong to.
    PersonId;
    /// One user account.
    UserId;
    /// One signed-in browser session.
    SessionId;
    /// One bearer token for scripts.
    TokenId;
}
