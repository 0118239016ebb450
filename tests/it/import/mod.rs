//! `import` from bytes to stored facts: the hostile files, the rules of CONTRACT.md "CSV in", and the laws.

mod check;
mod cron;
mod exports;
mod files;
mod fuzz;
mod hostile;
mod laws;
mod partners;
mod profiles;
mod program;
mod refunds;
mod rules;
mod steps;
mod world;
