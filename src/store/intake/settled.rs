//! Rows of the settled file become one settled run: what an earlier system paid counts as paid here (R1.7).
//!
//! Floor 4. One run of kind `import` for each file that brings anything new, named by the latest day on which it was
//! paid; its lines have no item, for only the charge, the partner and the amount are known.

use rusqlite::{OptionalExtension, params};

use super::{Intake, IntakeError};
use crate::dates::{Day, to_stored};
use crate::import::cells::Fault;
use crate::import::groups::{Groups, Version};
use crate::import::settled::SettledRow;
use crate::import::sorter::Sorter;
use crate::import::tally::Fate;
use crate::money::Money;
use crate::store::StoreError;

const CHARGE: &str = "SELECT charge_no, account_id FROM charges WHERE charge_id = ?1";
const PARTNER: &str = "SELECT partner_no FROM partners WHERE partner_id = ?1";
const FIND: &str = "SELECT amount_cents FROM settled_rows
    WHERE charge_no = ?1 AND partner_no = ?2 AND paid_on = ?3 AND reference = ?4";
const ADD: &str = "INSERT INTO settled_rows (charge_no, partner_no, paid_on, reference, amount_cents)
    VALUES (?1, ?2, ?3, ?4, ?5)";
const NAMED: &str = "SELECT EXISTS (SELECT 1 FROM runs WHERE name = ?1)";
const ADD_RUN: &str =
    "INSERT INTO runs (name, date, kind, state, currency, created_by, created_user, created_at,
        plan_sha256, note)
    VALUES (?1, ?2, 'import', 'settled', ?3, ?4, ?5, ?6, ?7, ?8) RETURNING run_no";
const ADD_LINE: &str = "INSERT INTO lines (run_no, partner_no, charge_no, fate, kind, amount_cents)
    VALUES (?1, ?2, ?3, 'out', ?4, ?5)";

/// A row that brings something new.
struct Line {
    partner_no: i64,
    charge_no: i64,
    amount: Money,
}

impl Intake<'_> {
    pub(super) fn take_settled(&mut self, rows: Sorter) -> Result<(), IntakeError> {
        let mut run_no = None;
        // The run's name needs the latest day of the rows that are taken, which only all of them say.
        let mut latest = None;
        let mut lines = Vec::new();
        let mut groups = Groups::new(rows)?;
        while let Some(versions) = groups.next_group()? {
            let versions: Vec<Version<'_>> = versions.collect();
            let [version] = versions.as_slice() else {
                self.contradict_each(&versions, "charge_id", |version| {
                    SettledRow::unpack(&mut version.unpack()).charge_id.to_owned()
                })?;
                continue;
            };
            let row = SettledRow::unpack(&mut version.unpack());
            match self.take_settled_row(&row)? {
                Ok(None) => self.count(Fate::Seen, row.amount, version)?,
                Ok(Some(line)) => {
                    latest = latest.max(Some(row.paid_on));
                    lines.push(line);
                    self.count(Fate::New, row.amount, version)?;
                }
                Err(fault) => self.contradict(fault, version)?,
            }
        }
        for line in &lines {
            let run = match (run_no, latest) {
                (Some(run), _) => run,
                (None, Some(latest)) => *run_no.insert(self.add_settled_run(latest)?),
                (None, None) => break,
            };
            let kind = if line.amount.is_negative() { "clawback" } else { "commission" };
            self.writer.sql().prepare_cached(ADD_LINE)?.execute(params![
                run,
                line.partner_no,
                line.charge_no,
                kind,
                line.amount.minor()
            ])?;
        }
        Ok(())
    }

    fn take_settled_row(&self, row: &SettledRow<'_>) -> Result<Result<Option<Line>, Fault>, StoreError> {
        let sql = self.writer.sql();
        let charge: Option<(i64, String)> = sql
            .prepare_cached(CHARGE)?
            .query_row([row.charge_id], |found| Ok((found.get(0)?, found.get(1)?)))
            .optional()?;
        let Some((charge_no, account_id)) = charge else {
            let reason = "no charge has this id; import the billing that has it first".to_owned();
            return Ok(Err(Fault { column: "charge_id", value: row.charge_id.to_owned(), reason }));
        };
        let partner: Option<i64> =
            sql.prepare_cached(PARTNER)?.query_row([row.partner_id], |found| found.get(0)).optional()?;
        let Some(partner_no) = partner else {
            let reason = "no partner has this id; import the partners first".to_owned();
            return Ok(Err(Fault { column: "partner_id", value: row.partner_id.to_owned(), reason }));
        };
        let day = to_stored(row.paid_on);
        let known: Option<i64> = sql
            .prepare_cached(FIND)?
            .query_row(params![charge_no, partner_no, day, row.reference], |found| found.get(0))
            .optional()?;
        if let Some(known) = known {
            if known == row.amount.minor() {
                return Ok(Ok(None));
            }
            let currency = self.writer.currency();
            let reason = format!(
                "the same payment was imported with {}; correct it with an adjustment",
                Money::from_minor(known).major(currency)
            );
            return Ok(Err(Fault { column: "amount", value: row.amount.major(currency), reason }));
        }
        sql.prepare_cached(ADD)?.execute(params![
            charge_no,
            partner_no,
            day,
            row.reference,
            row.amount.minor()
        ])?;
        self.writer.touch_account(&account_id);
        Ok(Ok(Some(Line { partner_no, charge_no, amount: row.amount })))
    }

    fn add_settled_run(&self, latest: Day) -> Result<i64, StoreError> {
        let sql = self.writer.sql();
        let operator = self.writer.operator();
        let mut name = format!("settled-{latest}");
        let mut part = 1_u32;
        while sql.prepare_cached(NAMED)?.query_row([&name], |row| row.get::<_, bool>(0))? {
            part += 1;
            name = format!("settled-{latest}-{part}");
        }
        Ok(sql.query_row(
            ADD_RUN,
            params![
                name,
                to_stored(latest),
                self.writer.currency().code(),
                operator.actor,
                operator.os_user,
                operator.now.timestamp(),
                self.terms.file.sha256,
                self.terms.file.name,
            ],
            |row| row.get(0),
        )?)
    }
}
