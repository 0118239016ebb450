//! What the program does: one verb is gathering facts, planning, and applying the plan.
//!
//! Floor 5. A command knows the store and the rules, and neither terminal nor format: it returns plain values, and
//! whoever asked shows them. What a command would do and what it does are one value.

pub mod attribute;
pub mod backup;
pub mod check;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod liability;
pub mod lookup;
pub mod payout;
pub mod preview;
pub mod records;
pub mod statement;
pub mod trial;
pub mod validate;
pub mod why;
