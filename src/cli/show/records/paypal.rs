//! `paypal`: where the money goes.
//!
//! Floor 6.

use super::super::writer;
use super::{changed, given, reason};
use crate::cli::args::Paypal as Asked;
use crate::cli::settings::Settings;
use crate::cli::{Failure, Output, missing};
use crate::commands::records::{allow_shared, confirm_address, set_address};

/// Does what was asked about PayPal addresses.
///
/// # Errors
/// The store's, the rules'; a flag that is missing where nobody can be asked.
pub fn run(asked: &Asked, settings: &Settings) -> Result<Output, Failure> {
    let outcome = match asked {
        Asked::Set { partner, email, reason } => {
            let email = given(settings, email.as_ref(), "EMAIL", "The address that PayPal pays to")?;
            set_address(writer(settings)?, partner, &email, reason.as_deref())?
        }
        Asked::Confirm { partner, reason } => confirm_address(writer(settings)?, partner, reason.as_deref())?,
        Asked::AllowShared { partner, other, reason: typed } => {
            let other = match other {
                Some(other) => other.clone(),
                None => {
                    missing::partner(settings, "OTHER", "Which other partner (id, link code or e-mail)?")?
                }
            };
            let why = reason(settings, typed.as_ref())?;
            allow_shared(writer(settings)?, partner, &other, &why)?
        }
    };
    Ok(changed(&outcome).into())
}
