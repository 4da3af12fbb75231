//! Addresses that documents may be sent to.

use std::net::IpAddr;

use reqwest::Url;
use serde::{Deserialize, Serialize};

use crate::Error;

/// An address that begins with `https:`, or with `http:` on this very machine; without a name, a password, a
/// query or a fragment in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(Url);

impl Address {
    /// Takes an address, or says that nothing may be sent there.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let url = Url::parse(text.trim()).map_err(|_| Error::OutsideAddress)?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        let address = Self(url);
        let safe = match address.0.scheme() {
            "https" => !address.host().is_empty(),
            "http" => address.is_loopback(),
            _ => false,
        };
        if plain && safe {
            Ok(address)
        } else {
            Err(Error::OutsideAddress)
        }
    }

    /// Whom it leads to.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is this very machine.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.host().trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// The address itself.
    pub(super) fn url(&self) -> Url {
        self.0.clone()
    }

    /// The address with more path behind it.
    pub(super) fn join(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

impl TryFrom<String> for Address {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn documents_go_over_tls_or_stay_on_the_machine() {
        for good in [
            "https://api.example.com/v1",
            "https://api.example.com",
            "http://127.0.0.1:11434/v1",
            "http://localhost:8000/v1",
            "http://[::1]:8000",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.example.com/v1",
            "http://10.0.0.7/v1",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
            "https://me:secret@api.example.com/",
            "https://api.example.com/?key=secret",
            "ftp://127.0.0.1/",
            "file:///etc/passwd",
            "api.example.com",
            "",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
        let base = Address::parse("https://api.example.com/v1/").unwrap();
        let whole = base.join(&["chat", "completions"]);
        assert_eq!(
            whole.as_str(),
            "https://api.example.com/v1/chat/completions"
        );
    }
}
