//! The records that staff enter between two Fridays: partners and their gates, accounts, charges, notes, money
//! that was paid outside.
//!
//! Floor 4. Each file reads a record as it is, and writes it as a plan of floor 5 wants it; nothing here decides.
//! Whatever changes what a charge earns marks it for a fresh reckoning, so that no caller can forget it.

mod accounts;
mod charges;
mod notes;
mod outside;
mod partners;
mod policy;

pub use accounts::{AccountColumn, AccountRecord, AccountTie};
pub use charges::{ChargeRecord, Resolution};
pub use notes::Note;
pub use outside::OutsidePayment;
pub use partners::{AddressEntry, Answers, PartnerRecord};
pub use policy::PolicyEntry;
