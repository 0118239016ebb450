//! Presenters: each turns what a command found into an answer, and nothing more.
//!
//! Floor 6. One file for each command; a presenter is a function of the found data and the settings that
//! returns an `Answer`. It computes no amount and reads no database.

pub mod completions;
pub mod man;
