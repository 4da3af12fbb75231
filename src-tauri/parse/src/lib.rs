//! Text and payloads in, claims about fields out.
