//! What a name that nobody bears was probably meant to be: for the hint of an error, never taken by itself.
//!
//! Floor 5, read-only.

use super::{Near, nearest, search};
use crate::likeness;
use crate::store::{Finds, Reader, Shelf, StoreError};

/// Names that are suggested.
const SUGGESTED_MAX: usize = 3;
/// A suggestion dearer than this is none.
const COST_MAX: u32 = 3 * likeness::SLIP;

/// A name that exists, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// As it is typed.
    pub name: String,
    /// What people call it, if that is something else.
    pub called: Option<String>,
}

/// Returns what an unknown `what` (partner, account, charge, run) was probably meant to be, nearest first.
///
/// # Errors
/// The store's.
pub fn meant(reader: &Reader, what: &str, typed: &str) -> Result<Vec<Meant>, StoreError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = match what {
        "partner" => partners(reader, typed)?,
        "account" => accounts(reader, typed)?,
        "charge" => charges(reader, typed)?,
        "run" => runs(reader, typed)?,
        _ => Vec::new(),
    };
    found.dedup();
    found.truncate(SUGGESTED_MAX);
    Ok(found)
}

fn close(finds: &Finds) -> impl Iterator<Item = i64> {
    nearest(finds).into_iter().filter(|(_, cost)| *cost <= COST_MAX).map(|(no, _)| no)
}

fn near(reader: &Reader, typed: &str) -> Result<Near, StoreError> {
    let mut near = Near::default();
    search::search(reader, typed, &mut near)?;
    Ok(near)
}

fn partners(reader: &Reader, typed: &str) -> Result<Vec<Meant>, StoreError> {
    let near = near(reader, typed)?;
    let mut all = Vec::new();
    for no in close(&near.partners) {
        let found = reader.partner_found(no)?;
        all.extend(found.map(|partner| Meant { name: partner.id.0, called: Some(partner.name) }));
    }
    for no in close(&near.links) {
        let link = reader.link_by_no(no)?;
        all.extend(link.and_then(|link| Some(Meant { name: link.code, called: Some(link.partner?.1.0) })));
    }
    Ok(all)
}

fn accounts(reader: &Reader, typed: &str) -> Result<Vec<Meant>, StoreError> {
    let near = near(reader, typed)?;
    let mut all = Vec::new();
    for no in close(&near.accounts) {
        let found = reader.account_found(no)?;
        all.extend(found.map(|account| Meant { name: account.id, called: account.name.or(account.email) }));
    }
    Ok(all)
}

fn charges(reader: &Reader, typed: &str) -> Result<Vec<Meant>, StoreError> {
    let mut finds = Finds::default();
    let id = likeness::Id::of(typed);
    let judge = |other: &str| id.cost(other);
    for spelling in [typed.to_owned(), typed.to_uppercase()] {
        reader.search(Shelf::ChargeIds, &[spelling], judge, &mut finds)?;
    }
    let mut all = Vec::new();
    for no in close(&finds) {
        let name = reader.charge_id(no)?;
        all.extend(name.map(|name| Meant { name, called: None }));
    }
    Ok(all)
}

fn runs(reader: &Reader, typed: &str) -> Result<Vec<Meant>, StoreError> {
    let runs = reader.runs(true)?;
    let mut all = Vec::new();
    let newest = runs.iter().find(|run| run.is_payout());
    if let Some(newest) = newest
        && likeness::id_cost(typed, "latest").is_some()
    {
        all.push((0, Meant { name: "latest".to_owned(), called: Some(newest.name.0.clone()) }));
    }
    for run in &runs {
        if let Some(cost) = likeness::id_cost(typed, run.name.as_str()) {
            all.push((cost, Meant { name: run.name.0.clone(), called: None }));
        }
    }
    all.sort_by_key(|(cost, _)| *cost);
    Ok(all.into_iter().map(|(_, meant)| meant).collect())
}
