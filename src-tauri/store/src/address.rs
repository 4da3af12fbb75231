//! Where a database is: a sealed file of this machine, or a Postgres server.

use std::{
    fmt,
    net::IpAddr,
    path::{Path, PathBuf},
    str::FromStr,
};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use postgres::config::{Config, Host, SslMode};

use crate::Error;

/// Where a database is.
#[derive(Debug, Clone)]
pub enum Address {
    /// A sealed SQLite file.
    File(PathBuf),
    /// A database of a Postgres server.
    Server(ServerAddress),
}

impl FromStr for Address {
    type Err = Error;

    /// `postgres://user:password@host:port/name?sslmode=…&sslrootcert=FILE`, or the path of a file, with
    /// or without `sqlite:` before it.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return ServerAddress::parse(text).map(Self::Server);
        }
        let path = text
            .strip_prefix("sqlite://")
            .or_else(|| text.strip_prefix("sqlite:"))
            .unwrap_or(text);
        if path.is_empty() || path.contains("://") {
            return Err(invalid("it is neither a `postgres://` URL nor a path"));
        }
        Ok(Self::File(PathBuf::from(path)))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(formatter),
            Self::Server(server) => server.fmt(formatter),
        }
    }
}

/// A database of a Postgres server, with what is needed to come in. It shows neither name nor password.
#[derive(Clone)]
pub struct ServerAddress {
    config: Box<Config>,
    tls: Tls,
    shown: String,
}

/// How the way to the server is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tls {
    /// Not at all: the way does not leave this machine, or somebody said so.
    None,
    /// TLS; the server proves its name by a certificate that these authorities signed, or those of the
    /// operating system when none are given.
    Verified {
        /// A PEM file of authorities.
        authorities: Option<PathBuf>,
    },
}

impl ServerAddress {
    fn parse(url: &str) -> Result<Self, Error> {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut authorities, mut others) = (None, None, Vec::new());
        for option in query.split('&').filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let decoded = || percent_decode_str(value).decode_utf8_lossy().into_owned();
            match name {
                // The client knows the modes only half; what they ask for is decided here.
                "sslmode" => mode = Some(decoded()),
                "sslrootcert" => authorities = Some(PathBuf::from(decoded())),
                _ => others.push(option),
            }
        }
        let config = if others.is_empty() {
            base.parse()
        } else {
            format!("{base}?{}", others.join("&")).parse()
        };
        // What the client says about it could repeat the password.
        let mut config: Config = config.map_err(|_| invalid("it cannot be understood"))?;
        let stays_here = config.get_hosts().iter().all(|host| match host {
            Host::Tcp(name) => is_loopback(name),
            #[cfg(unix)]
            Host::Unix(_) => true,
        });
        let tls = match mode.as_deref() {
            Some("disable") => Tls::None,
            None if stays_here && authorities.is_none() => Tls::None,
            None | Some("require" | "verify-ca" | "verify-full") => Tls::Verified { authorities },
            Some(_) => {
                return Err(invalid(
                    "`sslmode` is `verify-full` (the default beyond this machine) or `disable`",
                ));
            }
        };
        config.ssl_mode(match tls {
            Tls::None => SslMode::Disable,
            Tls::Verified { .. } => SslMode::Require,
        });
        let shown = shown(&config);
        Ok(Self {
            config: Box::new(config),
            tls,
            shown,
        })
    }

    /// From what some deployments name one by one. Beyond this machine the way is verified TLS.
    pub fn of_parts(
        host: &str,
        port: u16,
        user: &str,
        password: &str,
        database: &str,
    ) -> Result<Self, Error> {
        if host.is_empty() || user.is_empty() || database.is_empty() {
            return Err(invalid(
                "host, user and name of the database belong together",
            ));
        }
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let host = if host.contains(':') {
            format!("[{host}]")
        } else {
            host.to_owned()
        };
        Self::parse(&format!(
            "postgres://{}:{}@{host}:{port}/{}",
            encode(user),
            encode(password),
            encode(database)
        ))
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn tls(&self) -> &Tls {
        &self.tls
    }

    /// Name of the database on its server.
    pub fn database(&self) -> &str {
        // What the server takes when no database is named: the one of the user's name.
        let user = self.config.get_user().unwrap_or_default();
        self.config.get_dbname().unwrap_or(user)
    }

    /// The file of authorities that was named, if one was.
    pub fn authorities(&self) -> Option<&Path> {
        match &self.tls {
            Tls::None => None,
            Tls::Verified { authorities } => authorities.as_deref(),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn shown(config: &Config) -> String {
    let hosts = config.get_hosts().iter().enumerate().map(|(index, host)| {
        let ports = config.get_ports();
        let port = ports.get(index).or(ports.first()).unwrap_or(&5432);
        match host {
            Host::Tcp(name) => format!("{name}:{port}"),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        }
    });
    let hosts: Vec<_> = hosts.collect();
    let database = config.get_dbname().unwrap_or_default();
    format!("postgres://{}/{database}", hosts.join(","))
}

fn invalid(reason: &'static str) -> Error {
    Error::AddressInvalid { reason }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

impl fmt::Debug for ServerAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str) -> ServerAddress {
        match url.parse().unwrap() {
            Address::Server(server) => server,
            Address::File(path) => panic!("{path:?} is a file"),
        }
    }

    #[test]
    fn what_leaves_the_machine_is_verified_unless_somebody_says_otherwise() {
        let verified = |authorities: Option<&str>| Tls::Verified {
            authorities: authorities.map(PathBuf::from),
        };
        for (url, tls) in [
            ("postgres://u:p@127.0.0.1/d", Tls::None),
            ("postgres://u:p@localhost:5433/d", Tls::None),
            (
                "postgres://u:p@localhost/d?sslmode=verify-full",
                verified(None),
            ),
            ("postgresql://u:p@db.example/d", verified(None)),
            (
                "postgres://u:p@db.example/d?sslmode=require",
                verified(None),
            ),
            (
                "postgres://u:p@db.example/d?connect_timeout=3&sslrootcert=/etc/our%20ca.pem",
                verified(Some("/etc/our ca.pem")),
            ),
            ("postgres://u:p@db.example/d?sslmode=disable", Tls::None),
        ] {
            assert_eq!(server(url).tls, tls, "{url}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for url in [
            "postgres://clerk:hush@db.example:6000/records",
            "postgres://clerk:hush@db.example:6000/records?sslmode=prefer",
            "postgres://clerk:hush@db.example:6000/records?no=such",
            "mysql://clerk:hush@db.example/records",
        ] {
            let shown = match url.parse::<Address>() {
                Ok(address) => format!("{address} {address:?}"),
                Err(error) => format!("{error} {error:?}"),
            };
            assert!(!shown.contains("hush"), "{shown}");
        }
        let shown = server("postgres://clerk:hush@db.example:6000/records").to_string();
        assert_eq!(shown, "postgres://db.example:6000/records");
    }

    #[test]
    fn parts_of_an_address_are_taken_as_they_are() {
        let parts = ["127.0.0.1", "clerk@work", "h:u/s?h#", "re cords"];
        let [host, user, password, database] = parts;
        let server = ServerAddress::of_parts(host, 6000, user, password, database).unwrap();
        assert_eq!(server.config().get_user(), Some("clerk@work"));
        assert_eq!(server.config().get_password(), Some("h:u/s?h#".as_bytes()));
        assert_eq!(server.database(), "re cords");
        assert_eq!(server.config().get_ports(), [6000]);
        assert_eq!(server.tls, Tls::None);
        let there = ServerAddress::of_parts("db.example", 5432, user, password, database);
        let verified = Tls::Verified { authorities: None };
        assert_eq!(there.unwrap().tls, verified);
        assert!(ServerAddress::of_parts("", 5432, user, password, database).is_err());
    }

    #[test]
    fn everything_else_is_a_path() {
        for (text, path) in [
            ("sqlite:///var/lib/a.db", "/var/lib/a.db"),
            ("sqlite:b.db", "b.db"),
            ("c.db", "c.db"),
        ] {
            let Address::File(found) = text.parse().unwrap() else {
                panic!("{text} is a server");
            };
            assert_eq!(found, PathBuf::from(path));
        }
    }
}
