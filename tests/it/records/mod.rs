//! The records behind the gates, through the functions of floor 5 over a real database: every verb, every refusal.

mod desk;
mod links;
mod money;
mod partners;
mod policy;
mod program;
mod subjects;
mod tax;
