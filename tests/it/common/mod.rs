//! What several test files share: the world around the program under test.

pub mod fake_paypal;
pub mod pty;
pub mod world;
