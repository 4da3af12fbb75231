//! Addresses that give one thing for a while.

use app::links::Linked;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an address gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkTarget {
    /// The file as it was submitted.
    Original,
    /// The first page, small, as JPEG.
    Thumbnail,
    /// A page as PNG.
    Page,
}

/// An address that is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkRequest {
    /// What it shall give.
    pub target: LinkTarget,
    /// Which page, counted from 0; the first when left out.
    #[serde(default)]
    pub page: u32,
    /// How long it shall be good, in seconds; an hour when left out, a week at most.
    #[serde(default = "hour")]
    #[schema(minimum = 1, maximum = 604_800)]
    pub seconds: u32,
}

fn hour() -> u32 {
    3600
}

impl LinkRequest {
    /// What it shall give, as the acts name it.
    pub(crate) fn linked(&self) -> Linked {
        match self.target {
            LinkTarget::Original => Linked::Original,
            LinkTarget::Thumbnail => Linked::Thumbnail,
            LinkTarget::Page => Linked::Page(self.page),
        }
    }
}

/// An address for whoever has it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Link {
    /// Path and query, on this very host.
    pub url: String,
}
