//! `import` from bytes to stored facts: the hostile files, the rules of CONTRACT.md "CSV in", and the laws.

mod hostile;
mod laws;
mod rules;
mod world;
