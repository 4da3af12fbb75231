//! One axum router: paths, wire structs, authentication, OpenAPI, events, the UI's files.
