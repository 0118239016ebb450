//! `import` from bytes to stored facts: the hostile files, the rules of CONTRACT.md "CSV in", and the laws.

mod cron;
mod fuzz;
mod hostile;
mod laws;
mod profiles;
mod refunds;
mod rules;
mod world;
