//! Who asks, and through which door.

use serde::{Deserialize, Serialize};

use crate::UserId;

/// What a user may do. Each role may do all that the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Submits documents and sees them.
    Clerk,
    /// Corrects and confirms fields.
    Reviewer,
    /// Deletes documents, runs users and tokens.
    Admin,
}

impl Role {
    /// Every role, weakest first.
    pub const ALL: [Self; 3] = [Self::Clerk, Self::Reviewer, Self::Admin];

    /// The word used in answers, requests and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|role| role.as_str() == text);
        known.ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// A text that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role: it is clerk, reviewer or admin")]
pub struct UnknownRole(pub String);

/// The way a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The window on this machine.
    Desktop,
    /// The network, signed in by session or token.
    Network,
    /// The command line on this machine.
    CommandLine,
}

/// Who asks. Every act of `app` takes one and decides by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The user.
    pub user: UserId,
    /// What he may do.
    pub role: Role,
    /// How he came in.
    pub door: Door,
}
