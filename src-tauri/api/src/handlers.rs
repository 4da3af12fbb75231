//! What the operations do: take the request apart, demand, call one act of `app`, wrap the answer.

pub(crate) mod archive;
pub(crate) mod audit;
pub(crate) mod databases;
pub(crate) mod documents;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod jobs;
pub(crate) mod links;
pub(crate) mod outside;
pub(crate) mod pictures;
pub(crate) mod relations;
pub(crate) mod retention;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod tokens;
pub(crate) mod trash;
pub(crate) mod types;
pub(crate) mod uploads;
pub(crate) mod users;
