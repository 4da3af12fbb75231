//! Users, sessions and tokens.

use model::Personal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ProblemNote, rfc3339};

/// What a user may do. Each role may do all that the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Submits documents and sees them.
    Clerk,
    /// Corrects and confirms fields.
    Reviewer,
    /// Deletes documents, runs users and tokens.
    Admin,
}

impl From<model::Role> for Role {
    fn from(role: model::Role) -> Self {
        match role {
            model::Role::Clerk => Self::Clerk,
            model::Role::Reviewer => Self::Reviewer,
            model::Role::Admin => Self::Admin,
        }
    }
}

impl From<Role> for model::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Clerk => Self::Clerk,
            Role::Reviewer => Self::Reviewer,
            Role::Admin => Self::Admin,
        }
    }
}

/// The way a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// Over HTTP.
    Network,
    /// From the window on the machine itself.
    Desktop,
}

/// A name and a password.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// Name of the user.
    #[schema(value_type = String)]
    pub name: Personal,
    /// His password.
    #[schema(value_type = String, format = Password)]
    pub password: Personal,
}

/// A one-time code, from the address that `lectern serve --open-code` prints.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The code; it works once.
    #[schema(value_type = String)]
    pub code: Personal,
}

/// The user of a session.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SessionUser {
    /// His id.
    pub id: Uuid,
    /// His name.
    #[schema(value_type = String)]
    pub name: Personal,
    /// What he may do.
    pub role: Role,
}

impl From<app::people::User> for SessionUser {
    fn from(user: app::people::User) -> Self {
        Self {
            id: user.id.0,
            name: user.name.into(),
            role: user.role.into(),
        }
    }
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Session {
    /// The user.
    pub user: SessionUser,
    /// To be sent as `x-csrf-token` with every request that changes something; empty where none is
    /// asked for (desktop, bearer token).
    #[schema(value_type = String)]
    pub csrf_token: Personal,
    /// How he came in.
    pub door: Door,
    /// What the program wants an admin to know, such as where the key was put; empty for others.
    pub notices: Vec<ProblemNote>,
}

/// A user account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct User {
    /// Its id.
    pub id: Uuid,
    /// The name to sign in with.
    #[schema(value_type = String)]
    pub name: Personal,
    /// What the user may do.
    pub role: Role,
    /// Whether this is the built-in user of the machine itself, who has no password and stays as he is.
    pub local: bool,
    /// When the account was made.
    #[schema(format = DateTime)]
    pub created_at: String,
}

impl From<app::people::User> for User {
    fn from(user: app::people::User) -> Self {
        Self {
            id: user.id.0,
            name: user.name.into(),
            role: user.role.into(),
            local: user.local,
            created_at: rfc3339(user.created_at),
        }
    }
}

/// Every user account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UserList {
    /// The accounts, by name.
    pub users: Vec<User>,
}

/// A user account to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// The name to sign in with.
    #[schema(value_type = String)]
    pub name: Personal,
    /// The first password.
    #[schema(value_type = String, format = Password)]
    pub password: Personal,
    /// What the user may do.
    pub role: Role,
}

/// A bearer token, without its secret.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Token {
    /// Its id.
    pub id: Uuid,
    /// What it was called when it was made.
    pub name: String,
    /// Id of the user whose rights it carries.
    pub user_id: Uuid,
    /// When it was made.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last used.
    #[schema(required, format = DateTime)]
    pub last_used_at: Option<String>,
}

impl From<app::people::TokenInfo> for Token {
    fn from(token: app::people::TokenInfo) -> Self {
        Self {
            id: token.id.0,
            name: token.name,
            user_id: token.user.0,
            created_at: rfc3339(token.created_at),
            last_used_at: token.last_used_at.map(rfc3339),
        }
    }
}

/// Bearer tokens.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TokenList {
    /// The tokens, newest first.
    pub tokens: Vec<Token>,
}

/// A bearer token to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What to call it, so that its owner knows it again.
    pub name: String,
}

/// A bearer token just made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TokenMade {
    /// The token.
    pub token: Token,
    /// Its secret, shown this once: send it as `Authorization: Bearer <secret>`.
    #[schema(value_type = String)]
    pub secret: Personal,
}
