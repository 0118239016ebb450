//! PayPal
pub mod credentials;
