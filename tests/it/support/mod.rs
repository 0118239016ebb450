//! What support and finance ask between two paydays: look-ups, near and exact, the mail to a partner, who cannot be
//! paid, statements that tie, and what is owed.

mod desk;
mod lookups;
mod misspellings;
mod money;
mod program;
mod whys;
