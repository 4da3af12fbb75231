//! Who may come in: users, sessions, one-time codes and tokens.

//!
//! Passwords are kept as Argon2id hashes, everything else that opens a door as SHA-256 of a random
//! secret: 256 random bits need no slow hash, and the table of them opens nothing.

use std::sync::OnceLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use model::{Caller, Door, Personal, Role, SessionId, Timestamp, TokenId, UserId};
use sha2::{Digest, Sha256};
use store::{codes, sessions, sign_ins, tokens, users};

use crate::{
    App, Error, Secret,
    audit::{self, Details, What, Who},
    permission::{Act, demand, may},
    random,
};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// A session that nobody used for so long ends: a clerk's day, not a night.
const SESSION_IDLE: i64 = 12 * HOUR;

/// A session's end is moved at most this often, so that a request is not a write.
const SESSION_STEP: i64 = 5 * MINUTE;

/// How long a one-time code can be traded.
const CODE_LIFE: i64 = 5 * MINUTE;

/// Wrong passwords that cost nothing: people mistype.
const FREE_FAILURES: u32 = 5;

/// What the first failure after those costs; each further one doubles it.
const FIRST_WAIT: i64 = 5 * SECOND;

/// The most a failure costs, so that nobody can lock a colleague out for long.
const LONGEST_WAIT: i64 = 15 * MINUTE;

/// Failures are forgotten when nobody added to them for so long.
const FAILURES_KEPT: i64 = 24 * HOUR;

/// Marks a text as one of our tokens, for people and for programs that look for leaked ones.
const TOKEN_PREFIX: &str = "lectern_";

/// Name of the admin made at first start.
const FIRST_ADMIN: &str = "admin";

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

/// Makes the first admin, unless somebody can sign in as one already.
pub fn ensure_admin(app: &App) -> Result<Option<FirstAdmin>, Error> {
    if users::count_admins(&app.inner.store.read()?)? > 0 {
        return Ok(None);
    }
    let password = random::typed(4)?;
    let hash = hash_password(password.expose())?;
    let now = app.now();
    app.write(|transaction| {
        if users::count_admins(transaction)? > 0 {
            return Ok(None);
        }
        // Somebody of a lesser role may bear the name.
        let others = (2..).map(|number| format!("{FIRST_ADMIN}-{number}"));
        for name in std::iter::once(FIRST_ADMIN.to_owned()).chain(others) {
            let user = users::User {
                id: UserId(random::id(now)?),
                name,
                role: Role::Admin,
                password_hash: Some(hash.clone()),
                is_local: false,
                created_at: now,
            };
            if users::insert(transaction, &user)? {
                let details = Details::new().word("role", Role::Admin.as_str());
                audit::record(
                    app,
                    transaction,
                    Who::Program,
                    What::UserAdded,
                    user.id,
                    details,
                )?;
                let name = user.name;
                return Ok(Some(FirstAdmin { name, password }));
            }
        }
        Ok(None)
    })
}

/// The caller for everything that comes from this machine itself: the window and the command line.
///
/// Whoever can start the program with this data directory and its key can open the store anyway.
pub fn local_caller(app: &App, door: Door) -> Caller {
    Caller {
        user: app.inner.local_user,
        role: Role::Admin,
        door,
    }
}

/// The account behind a caller.
pub fn user(app: &App, caller: &Caller) -> Result<User, Error> {
    let found = users::get(&app.inner.store.read()?, caller.user)?;
    found.map(User::from).ok_or(Error::UserNotFound)
}

/// Makes a user.
pub fn add_user(
    app: &App,
    caller: &Caller,
    name: &str,
    role: Role,
    password: &str,
) -> Result<User, Error> {
    demand(caller, Act::ChangeUsers)?;
    let name = checked_name(name)?;
    let hash = hash_password(password)?;
    let now = app.now();
    let user = users::User {
        id: UserId(random::id(now)?),
        name,
        role,
        password_hash: Some(hash),
        is_local: false,
        created_at: now,
    };
    app.write(|transaction| {
        if !users::insert(transaction, &user)? {
            return Err(Error::NameTaken);
        }
        let details = Details::new().word("role", role.as_str());
        audit::record(app, transaction, caller, What::UserAdded, user.id, details)
    })?;
    Ok(user.into())
}

/// Gives a user another password and ends all his sessions.
pub fn set_password(app: &App, caller: &Caller, user: UserId, password: &str) -> Result<(), Error> {
    demand(
        caller,
        if caller.user == user {
            Act::SetOwnPassword
        } else {
            Act::ChangeUsers
        },
    )?;
    let hash = hash_password(password)?;
    app.write(|transaction| {
        let found = users::get(transaction, user)?.ok_or(Error::UserNotFound)?;
        if found.is_local {
            return Err(Error::LocalUser);
        }
        users::set_password_hash(transaction, user, &hash)?;
        sessions::delete_of_user(transaction, user)?;
        sign_ins::clear(transaction, &hash_name(&found.name))?;
        audit::record(
            app,
            transaction,
            caller,
            What::PasswordSet,
            user,
            Details::new(),
        )
    })
}

/// Every user, by name.
pub fn list_users(app: &App, caller: &Caller) -> Result<Vec<User>, Error> {
    demand(caller, Act::SeeUsers)?;
    let found = users::list(&app.inner.store.read()?)?;
    Ok(found.into_iter().map(User::from).collect())
}

/// Removes a user with his sessions and tokens; what he did stays under his name.
pub fn remove_user(app: &App, caller: &Caller, user: UserId) -> Result<(), Error> {
    demand(caller, Act::ChangeUsers)?;
    let now = app.now();
    app.write(|transaction| {
        let found = users::get(transaction, user)?.ok_or(Error::UserNotFound)?;
        if found.is_local {
            return Err(Error::LocalUser);
        }
        if found.role == Role::Admin && users::count_admins(transaction)? == 1 {
            return Err(Error::LastAdmin);
        }
        users::remove(transaction, user, now)?;
        sessions::delete_of_user(transaction, user)?;
        tokens::delete_of_user(transaction, user)?;
        codes::delete_of_user(transaction, user)?;
        audit::record(
            app,
            transaction,
            caller,
            What::UserRemoved,
            user,
            Details::new(),
        )
    })
}

/// Opens a session by name and password.
///
/// The attempt is counted before the password is looked at and taken back when it was right, so that
/// many attempts at once are slowed down like many in a row. A name nobody has takes as long and is
/// slowed down like any other.
pub fn sign_in(app: &App, name: &str, password: &str) -> Result<SignedIn, Error> {
    let name_hash = hash_name(name.trim());
    let now = app.now();
    let user = app.write(|transaction| {
        if let Some(failures) = sign_ins::failures(transaction, &name_hash)? {
            let left = failures.last_at.0 + wait_after(failures.count) - now.0;
            if left > 0 {
                let seconds = left.unsigned_abs().div_ceil(SECOND.unsigned_abs());
                return Err(Error::TooManyAttempts { seconds });
            }
        }
        sign_ins::add_failure(transaction, &name_hash, now)?;
        Ok(users::by_name(transaction, name.trim())?)
    })?;

    let hash = user.as_ref().and_then(|user| user.password_hash.as_deref());
    let right = verify_password(password, hash);
    let Some(user) = user.filter(|_| right) else {
        let details = Details::new().personal("name", &Personal::new(name.trim()));
        app.write(|transaction| {
            let what = What::SignInRefused;
            audit::record(app, transaction, Who::Stranger, what, "", details)
        })?;
        return Err(Error::WrongCredentials);
    };
    app.write(|transaction| {
        sign_ins::clear(transaction, &name_hash)?;
        sign_ins::delete_older(transaction, Timestamp(now.0 - FAILURES_KEPT))?;
        // The account may have gone while the password was being checked.
        let user = users::get(transaction, user.id)?.ok_or(Error::WrongCredentials)?;
        open_session(app, transaction, user, "password", now)
    })
}

/// Opens a session by a one-time code, which is spent by it.
pub fn sign_in_with_code(app: &App, code: &str) -> Result<SignedIn, Error> {
    let now = app.now();
    let opened = app.write(|transaction| {
        // Spent also when it is too old: so this must be committed.
        let Some(user) = codes::spend(transaction, &hash_secret(code.trim()), now)? else {
            return Ok(None);
        };
        match users::get(transaction, user)? {
            Some(user) => open_session(app, transaction, user, "code", now).map(Some),
            None => Ok(None),
        }
    })?;
    opened.ok_or(Error::CodeInvalid)
}

/// A code that opens one session for the caller within five minutes.
pub fn make_code(app: &App, caller: &Caller) -> Result<Secret, Error> {
    demand(caller, Act::MakeOwnCode)?;
    let code = random::typed(4)?;
    let now = app.now();
    app.write(|transaction| {
        codes::delete_expired(transaction, now)?;
        let expires_at = Timestamp(now.0 + CODE_LIFE);
        codes::insert(
            transaction,
            &hash_secret(code.expose()),
            caller.user,
            expires_at,
        )?;
        let what = What::CodeMade;
        audit::record(app, transaction, caller, what, caller.user, Details::new())
    })?;
    Ok(code)
}

/// The session a cookie stands for, if it still holds; looking at it keeps it open.
pub fn session(app: &App, secret: &str) -> Result<Option<Session>, Error> {
    let now = app.now();
    let snapshot = app.inner.store.read()?;
    let found = sessions::by_secret(&snapshot, &hash_secret(secret))?;
    let Some(found) = found.filter(|session| now < session.expires_at) else {
        return Ok(None);
    };
    let Some(user) = users::get(&snapshot, found.user)? else {
        return Ok(None);
    };
    drop(snapshot);
    let fresh = Timestamp(now.0 + SESSION_IDLE);
    if fresh.0 - found.expires_at.0 >= SESSION_STEP {
        app.write(|transaction| Ok(sessions::extend(transaction, found.id, fresh)?))?;
    }
    Ok(Some(Session {
        caller: at_network_door(&user),
        user: user.into(),
        csrf: csrf(secret),
    }))
}

/// Ends a session.
pub fn sign_out(app: &App, secret: &str) -> Result<(), Error> {
    let hash = hash_secret(secret);
    app.write(|transaction| {
        let Some(found) = sessions::by_secret(transaction, &hash)? else {
            return Ok(());
        };
        sessions::delete(transaction, &hash)?;
        let Some(user) = users::get(transaction, found.user)? else {
            return Ok(());
        };
        let caller = at_network_door(&user);
        audit::record(
            app,
            transaction,
            &caller,
            What::SignedOut,
            found.id,
            Details::new(),
        )
    })
}

/// Makes a token for the caller. Its secret is shown now and never again.
pub fn make_token(app: &App, caller: &Caller, name: &str) -> Result<(TokenInfo, Secret), Error> {
    demand(caller, Act::MakeOwnToken)?;
    let now = app.now();
    let secret = Secret::new(format!("{TOKEN_PREFIX}{}", random::secret()?.expose()));
    let token = tokens::Token {
        id: TokenId(random::id(now)?),
        name: checked_name(name)?,
        user: caller.user,
        created_at: now,
        last_used_at: None,
    };
    app.write(|transaction| {
        tokens::insert(transaction, &token, &hash_secret(secret.expose()))?;
        audit::record(
            app,
            transaction,
            caller,
            What::TokenMade,
            token.id,
            Details::new(),
        )
    })?;
    Ok((token.into(), secret))
}

/// The caller's tokens; an admin sees everybody's.
pub fn list_tokens(app: &App, caller: &Caller) -> Result<Vec<TokenInfo>, Error> {
    demand(caller, Act::SeeOwnTokens)?;
    let all = may(caller, Act::SeeAllTokens);
    let found = tokens::list(&app.inner.store.read()?)?;
    let seen = found
        .into_iter()
        .filter(|token| all || token.user == caller.user);
    Ok(seen.map(TokenInfo::from).collect())
}

/// Ends a token.
pub fn revoke_token(app: &App, caller: &Caller, token: TokenId) -> Result<(), Error> {
    demand(caller, Act::RevokeOwnToken)?;
    app.write(|transaction| {
        let found = tokens::get(transaction, token)?;
        // Somebody else's token is not even there for those who may not see it.
        let seen = found
            .filter(|found| found.user == caller.user || may(caller, Act::RevokeAnyToken))
            .ok_or(Error::TokenNotFound)?;
        tokens::delete(transaction, seen.id)?;
        audit::record(
            app,
            transaction,
            caller,
            What::TokenRevoked,
            seen.id,
            Details::new(),
        )
    })
}

/// Who asks with this token.
pub fn token(app: &App, secret: &str) -> Result<Option<Caller>, Error> {
    let snapshot = app.inner.store.read()?;
    let Some(found) = tokens::by_secret(&snapshot, &hash_secret(secret))? else {
        return Ok(None);
    };
    let Some(user) = users::get(&snapshot, found.user)? else {
        return Ok(None);
    };
    drop(snapshot);
    let now = app.now();
    if found.last_used_at.is_none_or(|at| now.0 - at.0 >= HOUR) {
        app.write(|transaction| Ok(tokens::set_used(transaction, found.id, now)?))?;
    }
    Ok(Some(at_network_door(&user)))
}

const fn at_network_door(user: &users::User) -> Caller {
    Caller {
        user: user.id,
        role: user.role,
        door: Door::Network,
    }
}

fn open_session(
    app: &App,
    transaction: &store::Transaction,
    user: users::User,
    by: &str,
    now: Timestamp,
) -> Result<SignedIn, Error> {
    let secret = random::secret()?;
    let session = sessions::Session {
        id: SessionId(random::id(now)?),
        user: user.id,
        expires_at: Timestamp(now.0 + SESSION_IDLE),
    };
    sessions::delete_expired(transaction, now)?;
    sessions::insert(transaction, &session, &hash_secret(secret.expose()), now)?;
    let details = Details::new().word("by", by);
    let caller = at_network_door(&user);
    audit::record(
        app,
        transaction,
        &caller,
        What::SignedIn,
        session.id,
        details,
    )?;
    let csrf = csrf(secret.expose());
    Ok(SignedIn {
        secret,
        csrf,
        user: user.into(),
    })
}

/// How long after the last of so many failures the next attempt is taken.
fn wait_after(failures: u32) -> i64 {
    match failures.checked_sub(FREE_FAILURES) {
        None => 0,
        Some(beyond) => (FIRST_WAIT << beyond.min(20)).min(LONGEST_WAIT),
    }
}

fn checked_name(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let valid = (1..=64).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if valid {
        Ok(name.to_owned())
    } else {
        Err(Error::NameInvalid)
    }
}

fn hash_password(password: &str) -> Result<String, Error> {
    if !(10..=200).contains(&password.chars().count()) {
        return Err(Error::PasswordInvalid);
    }
    // The crate's own parameters are those that OWASP recommends: 19 MiB, two passes, one lane.
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|_| Error::Random)?.to_string())
}

/// Whether a password is the one of a hash. Without a hash it takes as long, and the answer is no.
fn verify_password(password: &str, hash: Option<&str>) -> bool {
    static NOBODY: OnceLock<Option<String>> = OnceLock::new();

    let decoy = NOBODY.get_or_init(|| hash_password("nobody's password").ok());
    let verified = hash
        .or(decoy.as_deref())
        .and_then(|hash| PasswordHash::new(hash).ok())
        .is_some_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        });
    verified && hash.is_some()
}

/// Hash of a random secret.
fn hash_secret(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Digest of a name that somebody tries to sign in with: people type their password there.
fn hash_name(name: &str) -> String {
    hex::encode(Sha256::digest(name.to_lowercase().as_bytes()))
}

/// The CSRF token of a session: derived from its secret, which a foreign page cannot read, and not
/// leading back to it.
fn csrf(secret: &str) -> Secret {
    let mut hasher = Sha256::new();
    hasher.update(b"lectern csrf\n");
    hasher.update(secret.as_bytes());
    Secret::new(hex::encode(hasher.finalize()))
}

impl From<users::User> for User {
    fn from(user: users::User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            role: user.role,
            created_at: user.created_at,
            local: user.is_local,
        }
    }
}

impl From<tokens::Token> for TokenInfo {
    fn from(token: tokens::Token) -> Self {
        Self {
            id: token.id,
            name: token.name,
            user: token.user,
            created_at: token.created_at,
            last_used_at: token.last_used_at,
        }
    }
}
