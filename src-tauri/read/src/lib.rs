//! Composes vision and parse into one reading; settles rivals, runs checks.
