//! The command line: what was typed, what it means, what is answered, and how the program ends.
//!
//! Floor 6, the top.

pub mod failure;
pub mod render;
pub mod streams;
