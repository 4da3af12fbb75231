//! Who may come in: users, sessions, one-time codes and tokens.

use model::{Caller, Door, Role, Timestamp, TokenId, UserId};

use crate::{App, Error, Secret};

/// A user account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The name to sign in with.
    pub name: String,
    /// What he may do.
    pub role: Role,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether this is the built-in user of this machine, who has no password and cannot be changed.
    pub local: bool,
}

/// The admin made at first start.
#[derive(Debug, Clone)]
pub struct FirstAdmin {
    /// The name to sign in with.
    pub name: String,
    /// The password, shown once and never again.
    pub password: Secret,
}

/// A sign-in that succeeded.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// What the cookie carries.
    pub secret: Secret,
    /// What every write must carry beside the cookie.
    pub csrf: Secret,
    /// Who signed in.
    pub user: User,
}

/// A session that holds.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who asks.
    pub caller: Caller,
    /// His account.
    pub user: User,
    /// What every write must carry beside the cookie.
    pub csrf: Secret,
}

/// A token for scripts, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Whose it is; it may do what he may do.
    pub user: UserId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub last_used_at: Option<Timestamp>,
}

/// Makes the first admin, unless somebody can sign in already.
pub fn ensure_admin(_app: &App) -> Result<Option<FirstAdmin>, Error> {
    Ok(None)
}

/// The caller for everything that comes from this machine itself: the window and the command line.
pub fn local_caller(_app: &App, door: Door) -> Caller {
    Caller {
        user: UserId(uuid::Uuid::nil()),
        role: Role::Admin,
        door,
    }
}

/// The account behind a caller.
pub fn user(_app: &App, _caller: &Caller) -> Result<User, Error> {
    Err(Error::UserNotFound)
}

/// Makes a user.
pub fn add_user(
    _app: &App,
    _caller: &Caller,
    _name: &str,
    _role: Role,
    _password: &str,
) -> Result<User, Error> {
    Err(Error::NameInvalid)
}

/// Gives a user another password and ends all his sessions.
pub fn set_password(
    _app: &App,
    _caller: &Caller,
    _user: UserId,
    _password: &str,
) -> Result<(), Error> {
    Err(Error::UserNotFound)
}

/// Every user, by name.
pub fn list_users(_app: &App, _caller: &Caller) -> Result<Vec<User>, Error> {
    Ok(Vec::new())
}

/// Removes a user with his sessions and tokens; what he did stays under his name.
pub fn remove_user(_app: &App, _caller: &Caller, _user: UserId) -> Result<(), Error> {
    Err(Error::UserNotFound)
}

/// Opens a session by name and password.
pub fn sign_in(_app: &App, _name: &str, _password: &str) -> Result<SignedIn, Error> {
    Err(Error::WrongCredentials)
}

/// Opens a session by a one-time code, which is spent by it.
pub fn sign_in_with_code(_app: &App, _code: &str) -> Result<SignedIn, Error> {
    Err(Error::CodeInvalid)
}

/// A code that opens one session for the caller within five minutes.
pub fn make_code(_app: &App, _caller: &Caller) -> Result<Secret, Error> {
    Err(Error::Random)
}

/// The session a cookie stands for, if it still holds; looking at it keeps it open.
pub fn session(_app: &App, _secret: &str) -> Result<Option<Session>, Error> {
    Ok(None)
}

/// Ends a session.
pub fn sign_out(_app: &App, _secret: &str) -> Result<(), Error> {
    Ok(())
}

/// Makes a token for the caller. Its secret is shown now and never again.
pub fn make_token(_app: &App, _caller: &Caller, _name: &str) -> Result<(TokenInfo, Secret), Error> {
    Err(Error::NameInvalid)
}

/// The caller's tokens; an admin sees everybody's.
pub fn list_tokens(_app: &App, _caller: &Caller) -> Result<Vec<TokenInfo>, Error> {
    Ok(Vec::new())
}

/// Ends a token.
pub fn revoke_token(_app: &App, _caller: &Caller, _token: TokenId) -> Result<(), Error> {
    Err(Error::TokenNotFound)
}

/// Who asks with this token.
pub fn token(_app: &App, _secret: &str) -> Result<Option<Caller>, Error> {
    Ok(None)
}
