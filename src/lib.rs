//! partners

pub mod commission;
pub mod dates;
pub mod eligibility;
pub mod ids;
pub mod money;
pub mod partner;
pub mod paypal;
pub mod policy;
pub mod reconcile;
pub mod run;
pub mod store;
pub mod words;
