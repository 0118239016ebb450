//! partners

pub mod attribution;
pub mod cli;
pub mod commands;
pub mod commission;
pub mod dates;
pub mod eligibility;
pub mod ids;
pub mod money;
pub mod partner;
pub mod payfile;
pub mod policy;
pub mod run;
pub mod store;
pub mod text;
pub mod words;
