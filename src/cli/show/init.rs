//! `init`: makes the database.
//!
//! Floor 6.

use serde_json::json;

use crate::cli::args::Init;
use crate::cli::render::Answer;
use crate::cli::settings::{Settings, group_id};
use crate::cli::{Failure, Output};
use crate::dates::Zone;
use crate::money::Currency;
use crate::store::{Created, Reader, Sharing, create};

/// Makes the database, or says that it is there.
///
/// # Errors
/// The store's; an unknown group.
pub fn run(asked: &Init, settings: &Settings) -> Result<Output, Failure> {
    let path = settings.db()?;
    let sharing = match &asked.group {
        Some(name) => Sharing::Group(group_id(name)?),
        None => Sharing::Private,
    };
    let currency = asked.currency.unwrap_or(Currency::USD);
    let timezone = asked.timezone.clone().unwrap_or(Zone::UTC);
    let created = create(path, currency, &timezone, sharing, &settings.operator())?;
    let reader = Reader::open(path)?;
    let (currency, timezone) = (reader.currency(), &reader.policy(reader.today(settings.now)).timezone);
    let fields = json!({
        "database": path.to_string_lossy(), "created": created == Created::New,
        "currency": currency.code(), "timezone": timezone.to_string(),
    });
    let sentence = match created {
        Created::New => format!("Made {}: amounts in {currency}, dates in {timezone}.", path.display()),
        Created::Existed => format!("{} is there already; nothing was changed.", path.display()),
    };
    Ok(Answer::new("init", fields)
        .lead(sentence)
        .closing("Next: partners import partners FILE, then partners import billing FILE")
        .routine()
        .into())
}
