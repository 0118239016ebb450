//! What single rows must agree on with each other: one statement for each invariant, which returns what breaks it.
//!
//! Floor 4. Each statement's columns are the subject, what must be, and what is.

use super::Findings;
use crate::ids::{Code, EmailKey};
use crate::store::{Reader, StoreError};

/// Invariants that SQL alone can prove, by name.
const PROOFS: [(&str, &str); 18] = [
    (
        "attributions",
        "SELECT 'account ' || account_id, 'attributions 1 to ' || count(*), 'from ' || min(seq) || ' to ' || max(seq)
         FROM attributions JOIN accounts USING (account_no) GROUP BY account_no
         HAVING min(seq) <> 1 OR max(seq) <> count(*)",
    ),
    (
        "attributions",
        "SELECT 'account ' || account_id, 'marked as attributed: ' || NOT attributed, 'marked: ' || attributed
         FROM accounts
         WHERE attributed <> EXISTS (SELECT 1 FROM attributions WHERE attributions.account_no = accounts.account_no)",
    ),
    (
        "links",
        "SELECT 'account ' || account_id, 'its partner, for link ' || code || ' is claimed', 'nobody'
         FROM attributions JOIN links USING (link_no) JOIN accounts USING (account_no)
         WHERE attributions.partner_no IS NULL AND links.partner_no IS NOT NULL",
    ),
    (
        "links",
        "SELECT 'link ' || code, 'claimed by the partner of its owner''s address ' || owner_email, 'nobody'
         FROM links JOIN partners ON partners.email_key = links.owner_key WHERE links.partner_no IS NULL",
    ),
    (
        "codes",
        "SELECT 'account ' || account_id, 'marked as carrying a code', 'it is not' FROM accounts
         WHERE referral_code IS NOT NULL AND carries_code = 0",
    ),
    (
        "rates",
        "SELECT 'partner ' || partner_id, 'a first rate from the beginning', 'from ' || min(from_on)
         FROM partner_rates JOIN partners USING (partner_no) GROUP BY partner_no HAVING min(from_on) <> 0",
    ),
    (
        "item_sums",
        "SELECT 'item ' || item_id, amount_cents, coalesce(lines_cents, 0) FROM items LEFT JOIN
            (SELECT item_no, sum(amount_cents) AS lines_cents FROM lines WHERE item_no IS NOT NULL GROUP BY item_no)
            USING (item_no)
         WHERE amount_cents <> coalesce(lines_cents, 0)",
    ),
    (
        "lines",
        "SELECT 'line ' || line_no, 'the run and partner of item ' || item_id, 'others'
         FROM lines JOIN items USING (item_no)
         WHERE lines.run_no <> items.run_no OR lines.partner_no <> items.partner_no",
    ),
    (
        "lines",
        "SELECT 'line ' || line_no, 'an item', 'none' FROM lines JOIN runs USING (run_no)
         WHERE fate = 'out' AND item_no IS NULL AND runs.kind <> 'import'",
    ),
    (
        "lines",
        "SELECT 'line ' || line_no, 'a kind that its sign and subject give', kind FROM lines
         WHERE kind <> CASE WHEN adjustment_no IS NOT NULL THEN 'adjustment'
             WHEN amount_cents < 0 THEN 'clawback' ELSE 'commission' END",
    ),
    // What is no longer live, and negative, was live when later lines were taken: it had made room for them.
    (
        "live_lines",
        "SELECT 'charge ' || charge_id || ' for ' || partner_id, 'at most ' || (due_cents + gone) || ' when taken',
            total
         FROM (SELECT line_no, charge_no, partner_no, amount_cents, due_cents,
                sum(CASE WHEN live THEN amount_cents ELSE 0 END) OVER earlier AS total,
                sum(CASE WHEN NOT live AND amount_cents < 0 THEN -amount_cents ELSE 0 END) OVER earlier AS gone
            FROM (SELECT lines.*, runs.state <> 'cancelled'
                    AND coalesce(items.state, 'paid') IN ('planned', 'sent', 'paid', 'unclaimed') AS live
                FROM lines JOIN runs USING (run_no) LEFT JOIN items ON items.item_no = lines.item_no
                WHERE lines.charge_no IS NOT NULL)
            WINDOW earlier AS (PARTITION BY charge_no, partner_no ORDER BY line_no)) AS taken
            JOIN charges USING (charge_no) JOIN partners USING (partner_no)
         WHERE taken.amount_cents > 0 AND due_cents IS NOT NULL AND total > due_cents + gone",
    ),
    (
        "lapses",
        "SELECT 'partner ' || partner_id || ' in run ' || runs.name, 'a write-off above zero', sum(amount_cents)
         FROM lines JOIN runs USING (run_no) JOIN partners USING (partner_no)
         WHERE fate = 'lapsed' GROUP BY run_no, partner_no HAVING sum(amount_cents) <= 0",
    ),
    (
        "adjustments",
        // A run takes what is left of an adjustment; only money paid outside may take a part of it (R6.6).
        "SELECT 'line ' || line_no, rest || ' of adjustment ' || adjustment_no, taken FROM
            (SELECT lines.line_no, lines.adjustment_no, lines.amount_cents AS taken, runs.kind,
                lines.partner_no = adjustments.partner_no AS theirs,
                adjustments.amount_cents - coalesce((SELECT sum(earlier.amount_cents)
                    FROM lines AS earlier JOIN runs AS past ON past.run_no = earlier.run_no
                    WHERE earlier.adjustment_no = lines.adjustment_no AND earlier.line_no < lines.line_no
                      AND past.kind = 'outside'), 0) AS rest
             FROM lines JOIN runs ON runs.run_no = lines.run_no
                JOIN adjustments ON adjustments.adjustment_no = lines.adjustment_no)
         WHERE NOT theirs OR CASE WHEN kind = 'outside'
             THEN (taken > 0) <> (rest > 0) OR abs(taken) > abs(rest) ELSE taken <> rest END",
    ),
    (
        "adjustments",
        "SELECT 'adjustment ' || adjustment_no, 'live lines of at most ' || adjustments.amount_cents,
            sum(lines.amount_cents)
         FROM lines JOIN runs USING (run_no) JOIN adjustments USING (adjustment_no)
            LEFT JOIN items ON items.item_no = lines.item_no
         WHERE runs.state <> 'cancelled'
           AND coalesce(items.state, 'paid') IN ('planned', 'sent', 'paid', 'unclaimed')
         GROUP BY adjustment_no HAVING abs(sum(lines.amount_cents)) > abs(adjustments.amount_cents)",
    ),
    (
        "settled_rows",
        "SELECT 'charge ' || charge_id, coalesce(rows_cents, 0), coalesce(lines_cents, 0) FROM
            (SELECT charge_no, partner_no, sum(amount_cents) AS rows_cents FROM settled_rows
             GROUP BY charge_no, partner_no)
            FULL JOIN (SELECT charge_no, partner_no, sum(amount_cents) AS lines_cents
             FROM lines JOIN runs USING (run_no) WHERE runs.kind = 'import' GROUP BY charge_no, partner_no)
            USING (charge_no, partner_no) JOIN charges USING (charge_no)
         WHERE coalesce(rows_cents, 0) <> coalesce(lines_cents, 0)",
    ),
    (
        "references",
        "SELECT 'kept commission of charge ' || charge_no, 'a partner', partner_no FROM commissions
         WHERE partner_no <> 0
          AND NOT EXISTS (SELECT 1 FROM partners WHERE partners.partner_no = commissions.partner_no)
         LIMIT 100",
    ),
    (
        "imports",
        "SELECT 'run ' || name, 'an imported file ' || plan_sha256, 'none' FROM runs
         WHERE kind = 'import' AND NOT EXISTS (SELECT 1 FROM imports WHERE imports.sha256 = plan_sha256)",
    ),
    (
        "resolutions",
        "SELECT 'charge ' || charge_id, 'resolved over ' || over_status, status FROM
            (SELECT charge_id, over_status, charges.status FROM charge_resolutions JOIN charges USING (charge_no))
         WHERE over_status <> status",
    ),
];

/// Addresses and codes with the keys by which they compare; both sides of each must agree (R4.5, R4.7).
const KEYS: [(&str, Key, &str); 6] = [
    ("partner", Key::Email, "SELECT partner_id, email, email_key FROM partners"),
    (
        "partner",
        Key::Email,
        "SELECT partner_id, paypal_email, paypal_key FROM partners WHERE paypal_email IS NOT NULL",
    ),
    ("link", Key::Code, "SELECT code, code, code_key FROM links"),
    ("referral", Key::Email, "SELECT referral_no, email, email_key FROM referrals"),
    ("referral", Key::Code, "SELECT referral_no, code, code_key FROM referrals"),
    ("account", Key::Email, "SELECT account_id, email, email_key FROM accounts WHERE email IS NOT NULL"),
];

/// How a key is made.
#[derive(Clone, Copy)]
enum Key {
    Email,
    Code,
}

/// Proves what rows must agree on.
pub fn examine(reader: &Reader, findings: &mut Findings) {
    for (invariant, statement) in PROOFS {
        findings.step(invariant, |findings| prove(reader, invariant, statement, findings));
    }
    for (what, key, statement) in KEYS {
        findings.step("keys", |findings| compare_keys(reader, what, key, statement, findings));
    }
}

fn prove(
    reader: &Reader,
    invariant: &'static str,
    statement: &str,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let mut statement = reader.sql.prepare(statement)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column: usize| -> rusqlite::Result<String> {
            Ok(match row.get::<_, rusqlite::types::Value>(column)? {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Null => "nothing".to_owned(),
                rusqlite::types::Value::Real(_) | rusqlite::types::Value::Blob(_) => "bytes".to_owned(),
            })
        };
        findings.add(invariant, text(0)?, text(1)?, text(2)?);
    }
    Ok(())
}

fn compare_keys(
    reader: &Reader,
    what: &str,
    key: Key,
    statement: &str,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let mut statement = reader.sql.prepare(statement)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(1)?;
        let expected = match key {
            Key::Email => EmailKey::of(&text).0,
            Key::Code => Code(text).key(),
        };
        let found = row.get_ref(2)?.as_str_or_null().unwrap_or_default().unwrap_or_default();
        if found != expected {
            let id: rusqlite::types::Value = row.get(0)?;
            let subject = match id {
                rusqlite::types::Value::Text(id) => format!("{what} {id}"),
                rusqlite::types::Value::Integer(id) => format!("{what} {id}"),
                rusqlite::types::Value::Null
                | rusqlite::types::Value::Real(_)
                | rusqlite::types::Value::Blob(_) => what.to_owned(),
            };
            findings.add("keys", subject, expected, found);
        }
    }
    Ok(())
}
