//! How the program is.

use serde::Serialize;
use utoipa::ToSchema;

/// Whether everything works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// Every check passed.
    Ok,
    /// At least one check failed.
    Failing,
}

/// One thing that was tried.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HealthCheck {
    /// What was tried, such as `database`.
    pub name: String,
    /// Whether it worked.
    pub ok: bool,
    /// One sentence on the outcome.
    pub message: String,
}

/// How the program is, found out by trying.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Health {
    /// `ok` when every check passed.
    pub status: HealthStatus,
    /// Version of the program.
    pub version: String,
    /// What was tried.
    pub checks: Vec<HealthCheck>,
}

impl From<app::health::Health> for Health {
    fn from(health: app::health::Health) -> Self {
        let status = if health.ok() {
            HealthStatus::Ok
        } else {
            HealthStatus::Failing
        };
        let checks = health.checks.into_iter().map(|check| HealthCheck {
            name: check.name.to_owned(),
            ok: check.ok,
            message: check.message,
        });
        Self {
            status,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            checks: checks.collect(),
        }
    }
}
