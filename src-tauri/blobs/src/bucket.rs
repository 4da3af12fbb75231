//! Where objects lie when they lie in a bucket, and how patiently its server is spoken to.

use std::{path::PathBuf, time::Duration};

use object_store::{
    BackoffConfig, Certificate, ClientOptions, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder, Checksum},
    path,
};
use zeroize::Zeroizing;

use crate::Error;

/// The region that servers other than Amazon's take for granted.
const USUAL_REGION: &str = "us-east-1";

/// A bucket, or the part of one below a prefix, on a server that speaks S3.
#[derive(Clone)]
pub struct Bucket {
    /// Name of the bucket, which must exist.
    pub name: String,
    /// What every object name begins with; empty for the whole bucket.
    pub prefix: String,
    /// Address of the server; Amazon's of the region when there is none.
    ///
    /// It may begin with `http://`: what travels is sealed and signed, and no secret is sent. Whoever
    /// listens sees object names and sizes.
    pub endpoint: Option<String>,
    /// Region, which is part of every signature.
    pub region: String,
    /// The pair of keys; without one, those of the machine itself are asked for (Amazon only).
    pub credentials: Option<Credentials>,
    /// File of PEM certificates that are trusted beside those of the system.
    pub certificates: Option<PathBuf>,
    /// How long to wait for the server.
    pub patience: Patience,
}

/// What proves to the server who asks.
#[derive(Clone)]
pub struct Credentials {
    /// Access key, which is a name and no secret.
    pub access_key: String,
    /// Secret key.
    pub secret_key: Zeroizing<String>,
    /// Token of a session with an end, where the pair belongs to one.
    pub session_token: Option<Zeroizing<String>>,
}

/// How long to wait for a server, and how often to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until the next byte of an answer.
    pub silence: Duration,
    /// For one whole request.
    pub request: Duration,
    /// How often a request that failed is sent again; waits grow from 0.1 s and are drawn at random,
    /// so that machines that failed together do not come back together.
    pub retries: usize,
}

impl Patience {
    /// Somebody waits in front of a screen: about ten seconds when nothing answers at all. What is
    /// worth more patience is a job, which has its own.
    pub const DEFAULT: Self = Self {
        connect: Duration::from_secs(5),
        silence: Duration::from_secs(20),
        // A part of 16 MiB over a line of 1 Mbit/s.
        request: Duration::from_secs(150),
        retries: 4,
    };
}

impl Bucket {
    /// Takes an address such as `s3://bucket/prefix`; `variable` gives the rest by the names that
    /// other programs use too:
    ///
    /// | | names, the first that is set |
    /// |---|---|
    /// | server | `S3_ENDPOINT`, `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` |
    /// | region | `S3_REGION`, `AWS_REGION`, `AWS_DEFAULT_REGION` |
    /// | access key | `S3_ACCESS_KEY`, `AWS_ACCESS_KEY_ID` |
    /// | secret key | `S3_SECRET_KEY`, `AWS_SECRET_ACCESS_KEY` |
    /// | session token | `AWS_SESSION_TOKEN` |
    /// | certificates | `S3_CA_FILE`, `AWS_CA_BUNDLE` |
    pub fn from_url(url: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let invalid = |reason: &str| Error::AddressInvalid(reason.to_owned());
        let rest = url
            .strip_prefix("s3://")
            .ok_or_else(|| invalid("it must begin with `s3://`"))?;
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if name.len() < 3 || !name.bytes().all(good) {
            return Err(invalid(
                "the name of the bucket is missing or is no bucket's",
            ));
        }
        let prefix = prefix.trim_matches('/');
        if !prefix.bytes().all(|byte| good(byte) || byte == b'/') || prefix.contains("//") {
            return Err(invalid(
                "the prefix may have letters, digits, `-`, `.`, `_` and `/`",
            ));
        }
        let first = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| variable(name));
            found.find(|value| !value.is_empty())
        };
        let access_key = first(&["S3_ACCESS_KEY", "AWS_ACCESS_KEY_ID"]);
        let secret_key = first(&["S3_SECRET_KEY", "AWS_SECRET_ACCESS_KEY"]);
        let credentials = match (access_key, secret_key) {
            (Some(access_key), Some(secret_key)) => Some(Credentials {
                access_key,
                secret_key: Zeroizing::new(secret_key),
                session_token: first(&["AWS_SESSION_TOKEN"]).map(Zeroizing::new),
            }),
            (None, None) => None,
            (Some(_), None) => return Err(invalid("there is an access key but no secret key")),
            (None, Some(_)) => return Err(invalid("there is a secret key but no access key")),
        };
        let endpoint = first(&["S3_ENDPOINT", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]);
        if let Some(endpoint) = &endpoint
            && !["http://", "https://"]
                .iter()
                .any(|scheme| endpoint.starts_with(scheme))
        {
            return Err(invalid(
                "the server's address must begin with `https://` or `http://`",
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            prefix: prefix.to_owned(),
            endpoint,
            region: first(&["S3_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"])
                .unwrap_or_else(|| USUAL_REGION.to_owned()),
            credentials,
            certificates: first(&["S3_CA_FILE", "AWS_CA_BUNDLE"]).map(PathBuf::from),
            patience: Patience::DEFAULT,
        })
    }

    /// The address, as it was given.
    pub fn url(&self) -> String {
        let slash = if self.prefix.is_empty() { "" } else { "/" };
        format!("s3://{}{slash}{}", self.name, self.prefix)
    }

    pub(crate) fn prefix(&self) -> path::Path {
        path::Path::from(self.prefix.as_str())
    }

    /// A client for the bucket. It sends nothing yet.
    pub(crate) fn client(&self) -> Result<AmazonS3, Error> {
        let patience = self.patience;
        let mut options = ClientOptions::new()
            .with_allow_http(true)
            .with_connect_timeout(patience.connect)
            .with_read_timeout(patience.silence)
            .with_timeout(patience.request);
        if let Some(file) = &self.certificates {
            let unusable = || {
                let file = file.display();
                Error::AddressInvalid(format!("`{file}` holds no certificates in PEM form"))
            };
            let pem = std::fs::read(file).map_err(|_| unusable())?;
            let certificates = Certificate::from_pem_bundle(&pem).map_err(|_| unusable())?;
            if certificates.is_empty() {
                return Err(unusable());
            }
            for certificate in certificates {
                options = options.with_root_certificate(certificate);
            }
        }
        let mut builder = AmazonS3Builder::new()
            .with_client_options(options)
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            // Amazon names the bucket in the host; other servers are mostly reached by one name only.
            .with_virtual_hosted_style_request(self.endpoint.is_none())
            // The server proves before it answers that it got what was sent.
            .with_checksum_algorithm(Checksum::SHA256)
            .with_retry(RetryConfig {
                backoff: BackoffConfig {
                    init_backoff: Duration::from_millis(100),
                    max_backoff: Duration::from_secs(5),
                    base: 2.0,
                },
                max_retries: patience.retries,
                retry_timeout: patience.request,
            });
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
        }
        if let Some(credentials) = &self.credentials {
            builder = builder
                .with_access_key_id(&credentials.access_key)
                .with_secret_access_key(credentials.secret_key.as_str());
            if let Some(token) = &credentials.session_token {
                builder = builder.with_token(token.as_str());
            }
        }
        builder
            .build()
            .map_err(|error| Error::AddressInvalid(error.to_string()))
    }
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Bucket").field(&self.url()).finish()
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Credentials")
    }
}
