-- The first schema. Dates are whole numbers YYYYMMDD, amounts minor units, moments microseconds of Unix time.
-- Words (kind, status, state) are spelled as in CONTRACT.md, except in `charges`, whose kind and status are the
-- positions of those words in the program's vocabularies: millions of rows, and every byte is written twice.

-- What this file is: one row for each fact that never changes, or changes only by a named command.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Tells these books from others that use the same PayPal account; every copy of them has the same.
INSERT INTO meta (key, value) VALUES ('books_id', lower(hex(randomblob(5))));

CREATE TABLE policy_changes (
    change_no  INTEGER PRIMARY KEY,
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    from_on    INTEGER NOT NULL,
    reason     TEXT NOT NULL CHECK (reason <> ''),
    entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE partners (
    partner_no        INTEGER PRIMARY KEY,
    partner_id        TEXT NOT NULL UNIQUE CHECK (partner_id <> ''),
    name              TEXT NOT NULL,
    email             TEXT NOT NULL,
    email_key         TEXT NOT NULL UNIQUE,
    joined_on         INTEGER NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('active', 'pending', 'suspended', 'closed')),
    country           TEXT,
    us_person         INTEGER CHECK (us_person IN (0, 1)),
    tax_form          TEXT CHECK (tax_form IN ('w9', 'w8ben', 'w8ben_e', 'international')),
    tax_status        TEXT NOT NULL CHECK (tax_status IN ('missing', 'received', 'approved', 'rejected')),
    tax_signed_on     INTEGER,
    tax_decided_on    INTEGER,
    -- R6.3: 0 never approved, 1 approved without a date, else the first approval's day.
    first_approved_on INTEGER NOT NULL DEFAULT 0,
    -- R6.2, H: the four answers of the International questionnaire; never a number from a form (R8).
    us_citizen        INTEGER CHECK (us_citizen IN (0, 1)),
    us_green_card     INTEGER CHECK (us_green_card IN (0, 1)),
    us_183_days       INTEGER CHECK (us_183_days IN (0, 1)),
    us_worked         INTEGER CHECK (us_worked IN (0, 1)),
    paypal_email      TEXT,
    paypal_key        TEXT,
    paypal_state      TEXT NOT NULL DEFAULT 'unconfirmed' CHECK (paypal_state IN ('unconfirmed', 'confirmed', 'rejected')),
    paypal_changed_on INTEGER,
    payment_reversed  INTEGER NOT NULL DEFAULT 0 CHECK (payment_reversed IN (0, 1)),
    -- The values of the last imported row, as JSON: only a column that differs from it is applied.
    imported          TEXT,
    CHECK ((paypal_email IS NULL) = (paypal_key IS NULL))
) STRICT;
CREATE INDEX partners_by_paypal ON partners (paypal_key);

CREATE TABLE partner_rates (
    partner_no INTEGER NOT NULL REFERENCES partners,
    from_on    INTEGER NOT NULL, -- 0: from the beginning (R2.5)
    millionths INTEGER NOT NULL CHECK (millionths BETWEEN 0 AND 1000000),
    PRIMARY KEY (partner_no, from_on)
) STRICT, WITHOUT ROWID;

-- Every PayPal address a partner has had (R6.4).
CREATE TABLE paypal_history (
    history_no INTEGER PRIMARY KEY,
    partner_no INTEGER NOT NULL REFERENCES partners,
    email      TEXT,
    from_on    INTEGER NOT NULL,
    source     TEXT NOT NULL
) STRICT;
CREATE INDEX paypal_history_by_partner ON paypal_history (partner_no);

-- Two partners whom staff allow one PayPal address (R6.5); first_no < second_no.
CREATE TABLE shared_allowed (
    first_no  INTEGER NOT NULL REFERENCES partners,
    second_no INTEGER NOT NULL REFERENCES partners,
    paypal_key TEXT NOT NULL,
    reason    TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (first_no, second_no, paypal_key),
    CHECK (first_no < second_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
    link_no     INTEGER PRIMARY KEY,
    code        TEXT NOT NULL,
    code_key    TEXT NOT NULL UNIQUE CHECK (code_key <> ''),
    partner_no  INTEGER REFERENCES partners,
    owner_email TEXT,
    owner_key   TEXT,
    channel     TEXT NOT NULL CHECK (channel IN ('email', 'link', 'social', 'other')),
    created_on  INTEGER,
    claimed_on  INTEGER,
    CHECK (partner_no IS NOT NULL OR owner_key IS NOT NULL)
) STRICT;
CREATE INDEX links_by_partner ON links (partner_no);
CREATE INDEX links_by_owner ON links (owner_key);

CREATE TABLE referrals (
    referral_no INTEGER PRIMARY KEY,
    email       TEXT NOT NULL,
    email_key   TEXT NOT NULL,
    code        TEXT NOT NULL,
    code_key    TEXT NOT NULL,
    referred_on INTEGER NOT NULL,
    channel     TEXT NOT NULL CHECK (channel IN ('email', 'link', 'social', 'other')),
    UNIQUE (email_key, code_key, referred_on)
) STRICT;
CREATE INDEX referrals_by_code ON referrals (code_key);

-- Customers' accounts. A fact's source says where it came from: 0 nobody, -1 the accounts file, else the charge
-- whose billing row gave it (the row billed latest wins).
CREATE TABLE accounts (
    account_no    INTEGER PRIMARY KEY,
    account_id    TEXT NOT NULL UNIQUE,
    email         TEXT,
    email_key     TEXT,
    name          TEXT,
    opened_on     INTEGER,
    closed_on     INTEGER,
    referral_code TEXT,
    email_source  INTEGER NOT NULL DEFAULT 0,
    name_source   INTEGER NOT NULL DEFAULT 0,
    opened_source INTEGER NOT NULL DEFAULT 0,
    closed_source INTEGER NOT NULL DEFAULT 0,
    -- Whether the account's own row or a charge of it carries a referral code (R4.7).
    carries_code  INTEGER NOT NULL DEFAULT 0 CHECK (carries_code IN (0, 1)),
    attributed    INTEGER NOT NULL DEFAULT 0 CHECK (attributed IN (0, 1))
) STRICT;
CREATE INDEX accounts_by_email ON accounts (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX accounts_by_name ON accounts (name COLLATE NOCASE) WHERE name IS NOT NULL;
CREATE INDEX accounts_untied ON accounts (account_no) WHERE carries_code = 1 AND attributed = 0;

-- What staff entered over an imported fact of an account; `imported` is the value it replaced, so that a nightly
-- file that repeats that value does not undo it.
CREATE TABLE account_edits (
    account_no INTEGER NOT NULL REFERENCES accounts,
    column_name TEXT NOT NULL CHECK (column_name IN ('email', 'name', 'opened_on', 'closed_on', 'referral_code')),
    imported   TEXT,
    PRIMARY KEY (account_no, column_name)
) STRICT, WITHOUT ROWID;

-- Billing lines. No foreign key to accounts: an import writes charges in the order of their ids and the accounts
-- after them, in the order of theirs, in one transaction; `check` proves that no charge is without its account.
CREATE TABLE charges (
    charge_no     INTEGER PRIMARY KEY,
    charge_id     TEXT NOT NULL,
    account_id    TEXT NOT NULL,
    billed_on     INTEGER NOT NULL,
    collected_on  INTEGER,
    kind          INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 6),
    status        INTEGER NOT NULL CHECK (status BETWEEN 0 AND 8),
    amount_cents  INTEGER NOT NULL CHECK (amount_cents >= 0),
    refunded_cents INTEGER NOT NULL CHECK (refunded_cents BETWEEN 0 AND amount_cents),
    currency      TEXT, -- NULL: the programme's
    referral_code TEXT,
    description   TEXT,
    updated_at    INTEGER,
    -- The last imported row's content; the same row again is "seen".
    digest        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX charges_by_id ON charges (charge_id);
CREATE INDEX charges_by_account ON charges (account_id, billed_on);

-- Each growth of a charge's refunded amount (R2.4). on_day NULL counts from the charge's collection.
-- refund_id names a refund that came as a row of its own.
CREATE TABLE refunds (
    refund_no    INTEGER PRIMARY KEY,
    charge_no    INTEGER NOT NULL REFERENCES charges,
    on_day       INTEGER,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    refund_id    TEXT UNIQUE
) STRICT;
CREATE INDEX refunds_by_charge ON refunds (charge_no);

-- Refunds that came as rows of their own, each as it came, whether or not its charge is known yet. What counts of them
-- is made afresh from all rows of the charge and kept in refunds, so that no order of files matters.
CREATE TABLE refund_rows (
    refund_row_no INTEGER PRIMARY KEY,
    refund_id     TEXT NOT NULL UNIQUE CHECK (refund_id <> ''),
    charge_id     TEXT NOT NULL CHECK (charge_id <> ''),
    source        TEXT NOT NULL, -- what it is about, such as a dispute; a row that undoes names the same
    undoes        INTEGER NOT NULL CHECK (undoes IN (0, 1)),
    on_day        INTEGER NOT NULL,
    amount_cents  INTEGER NOT NULL CHECK (amount_cents > 0),
    currency      TEXT -- NULL: the programme's
) STRICT;
CREATE INDEX refund_rows_by_charge ON refund_rows (charge_id);

-- What billing told of a charge's refunds as a total, of charges that have refund_rows as well: the two speak of the
-- same money, and the larger counts.
CREATE TABLE told_refunds (
    told_no      INTEGER PRIMARY KEY,
    charge_no    INTEGER NOT NULL REFERENCES charges,
    on_day       INTEGER,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0)
) STRICT;
CREATE INDEX told_refunds_by_charge ON told_refunds (charge_no);

-- What staff decided about a charge that billing left open (R3.4): it stands until billing says something else.
CREATE TABLE charge_resolutions (
    charge_no   INTEGER PRIMARY KEY REFERENCES charges,
    status      INTEGER NOT NULL CHECK (status BETWEEN 0 AND 8),
    over_status INTEGER NOT NULL CHECK (over_status BETWEEN 0 AND 8),
    collected_on INTEGER,
    reason      TEXT NOT NULL CHECK (reason <> '')
) STRICT;

-- Who referred an account (R4), in the order of entry; seq 1 is the first attribution. A link nobody has claimed
-- has no partner yet; claiming fills it in, and nothing else ever changes.
CREATE TABLE attributions (
    account_no    INTEGER NOT NULL REFERENCES accounts,
    seq           INTEGER NOT NULL CHECK (seq >= 1),
    partner_no    INTEGER REFERENCES partners,
    link_no       INTEGER REFERENCES links,
    from_on       INTEGER, -- NULL: all charges
    evidence      TEXT NOT NULL CHECK (evidence IN ('staff', 'code', 'referral')),
    decided_on    INTEGER NOT NULL,
    assigned_on   INTEGER, -- the day of staff's assignment or of the claim (R5.4)
    self_referral INTEGER NOT NULL CHECK (self_referral IN (0, 1)),
    reason        TEXT NOT NULL CHECK (reason <> ''),
    actor         TEXT NOT NULL,
    PRIMARY KEY (account_no, seq),
    CHECK (partner_no IS NOT NULL OR link_no IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX attributions_by_partner ON attributions (partner_no);
CREATE INDEX attributions_by_link ON attributions (link_no);

CREATE TABLE adjustments (
    adjustment_no INTEGER PRIMARY KEY,
    partner_no    INTEGER NOT NULL REFERENCES partners,
    on_day        INTEGER NOT NULL,
    amount_cents  INTEGER NOT NULL CHECK (amount_cents <> 0),
    reason        TEXT NOT NULL CHECK (reason <> ''),
    entered_at    TEXT NOT NULL,
    actor         TEXT NOT NULL
) STRICT;
CREATE INDEX adjustments_by_partner ON adjustments (partner_no);

-- One payday's payout (R7). channel 'import' holds what an earlier system paid (R1.7) and 'outside' what was paid
-- by cheque or wire (R6.6): both are settled runs whose items are paid, so that one sum answers "out".
CREATE TABLE runs (
    run_no          INTEGER PRIMARY KEY,
    name            TEXT NOT NULL UNIQUE,
    date            INTEGER NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('regular', 'off_cycle', 'import', 'outside')),
    state           TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'exported', 'submitting', 'submitted', 'settled', 'cancelled')),
    channel         TEXT CHECK (channel IN ('file', 'api')),
    currency        TEXT NOT NULL,
    created_by      TEXT NOT NULL,
    created_user    TEXT NOT NULL,
    created_at      TEXT NOT NULL,
    approved_by     TEXT,
    approved_user   TEXT,
    approved_at     TEXT,
    plan_sha256     TEXT NOT NULL,
    approved_sha256 TEXT,
    file_sha256     TEXT,
    file_name       TEXT,
    left_at         TEXT,
    note            TEXT,
    CHECK (channel IS NULL OR state NOT IN ('draft')),
    CHECK (approved_sha256 IS NULL OR approved_sha256 = plan_sha256)
) STRICT;
-- One regular run per payday, and at most one run on the desk and one on its way (R7.1).
CREATE UNIQUE INDEX runs_one_regular ON runs (date) WHERE kind = 'regular' AND state <> 'cancelled';
CREATE UNIQUE INDEX runs_one_on_desk ON runs ((1)) WHERE state IN ('draft', 'approved');
CREATE UNIQUE INDEX runs_one_submitting ON runs ((1)) WHERE state = 'submitting';

CREATE TABLE items (
    item_no      INTEGER PRIMARY KEY,
    item_id      TEXT NOT NULL UNIQUE CHECK (length(item_id) BETWEEN 1 AND 30),
    run_no       INTEGER NOT NULL REFERENCES runs,
    partner_no   INTEGER NOT NULL REFERENCES partners,
    paypal_email TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    state        TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'paid', 'unclaimed', 'returned', 'failed', 'blocked',
                     'refunded', 'reversed', 'cancelled')),
    state_on     INTEGER NOT NULL,
    -- The day on which the money was learnt to have come back (R7.4); set once.
    returned_on  INTEGER,
    reason_code  TEXT,
    payout_item_id TEXT UNIQUE,
    transaction_id TEXT,
    fee_cents    INTEGER,
    paypal_status TEXT,
    -- When PayPal last worked on it, in PayPal's words, and when we last asked.
    processed_at TEXT,
    checked_at   TEXT,
    UNIQUE (run_no, partner_no)
) STRICT;
CREATE INDEX items_by_partner ON items (partner_no);

-- Signed amounts that settle a charge or an adjustment (R5.1): out, or lapsed. A line is live while its item's
-- money is, or its run where it has no item, which items and runs say. Append-only. Lines of an imported run (R1.7)
-- have no item: what an earlier system paid is known by charge only.
CREATE TABLE lines (
    line_no       INTEGER PRIMARY KEY,
    run_no        INTEGER NOT NULL REFERENCES runs,
    item_no       INTEGER REFERENCES items,
    partner_no    INTEGER NOT NULL REFERENCES partners,
    charge_no     INTEGER REFERENCES charges,
    adjustment_no INTEGER REFERENCES adjustments,
    fate          TEXT NOT NULL CHECK (fate IN ('out', 'lapsed')),
    kind          TEXT NOT NULL CHECK (kind IN ('commission', 'clawback', 'adjustment')),
    amount_cents  INTEGER NOT NULL CHECK (amount_cents <> 0),
    -- What was due of the charge on the run's day, when the line was taken (R7.3); not known of an earlier system.
    due_cents     INTEGER,
    CHECK (fate = 'out' OR item_no IS NULL),
    CHECK ((charge_no IS NULL) <> (adjustment_no IS NULL))
) STRICT;
CREATE UNIQUE INDEX lines_one_per_item ON lines (item_no, charge_no) WHERE item_no IS NOT NULL AND charge_no IS NOT NULL;
CREATE UNIQUE INDEX lines_one_adjustment ON lines (item_no, adjustment_no) WHERE item_no IS NOT NULL AND adjustment_no IS NOT NULL;
CREATE INDEX lines_by_charge ON lines (charge_no) WHERE charge_no IS NOT NULL;
CREATE INDEX lines_by_adjustment ON lines (adjustment_no) WHERE adjustment_no IS NOT NULL;
CREATE INDEX lines_by_run ON lines (run_no);

-- The rows of `settled` files (R1.7), so that the same row again is seen.
CREATE TABLE settled_rows (
    charge_no    INTEGER NOT NULL REFERENCES charges,
    partner_no   INTEGER NOT NULL REFERENCES partners,
    paid_on      INTEGER NOT NULL,
    reference    TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    PRIMARY KEY (charge_no, partner_no, paid_on, reference)
) STRICT, WITHOUT ROWID;

-- Every change of a run's or an item's state, with its day (R7.2, R7.4).
CREATE TABLE transitions (
    transition_no INTEGER PRIMARY KEY,
    run_no   INTEGER NOT NULL REFERENCES runs,
    item_no  INTEGER REFERENCES items,
    was      TEXT NOT NULL,
    became   TEXT NOT NULL,
    on_day   INTEGER NOT NULL,
    at       TEXT NOT NULL,
    reason   TEXT
) STRICT;
CREATE INDEX transitions_by_run ON transitions (run_no);

-- The batches of a run that goes through PayPal's API (R7.6): the intent is committed before the first byte leaves.
-- 'intended' is stored and has never left; 'sending' may have; 'unknown' did, and the answer did not come or cannot be
-- understood; 'accepted' and 'refused' are proved and never change. A part has one batch that is not refused, so that no
-- second one can be sent while it is not known what became of the first.
CREATE TABLE batches (
    batch_no        INTEGER PRIMARY KEY,
    run_no          INTEGER NOT NULL REFERENCES runs,
    part            INTEGER NOT NULL CHECK (part >= 1),
    attempt         INTEGER NOT NULL CHECK (attempt >= 1),
    sender_batch_id TEXT NOT NULL UNIQUE,
    environment     TEXT NOT NULL CHECK (environment IN ('sandbox', 'live')),
    payload         BLOB NOT NULL,
    payload_sha256  TEXT NOT NULL,
    items           INTEGER NOT NULL CHECK (items >= 1),
    amount_cents    INTEGER NOT NULL CHECK (amount_cents > 0),
    state           TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'unknown', 'accepted', 'refused')),
    first_sent_at   TEXT,
    last_sent_at    TEXT,
    payout_batch_id TEXT UNIQUE,
    batch_status    TEXT,
    debug_id        TEXT,
    -- PayPal's last answer, as it came; it never holds a secret.
    reply           TEXT,
    UNIQUE (run_no, part, attempt),
    CHECK ((state = 'accepted') = (payout_batch_id IS NOT NULL)),
    CHECK ((state = 'intended') = (first_sent_at IS NULL)),
    CHECK ((first_sent_at IS NULL) = (last_sent_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX batches_one_live ON batches (run_no, part) WHERE state <> 'refused';

-- What every charge earns every partner over time, kept so that a preview costs what is open (R5.1). Derived:
-- `check` makes it afresh. partner_no 0 stands for a link nobody has claimed.
CREATE TABLE commissions (
    open         INTEGER NOT NULL CHECK (open IN (0, 1)),
    partner_no   INTEGER NOT NULL,
    charge_no    INTEGER NOT NULL,
    collected_on INTEGER NOT NULL, -- 0: never
    due_cents    INTEGER NOT NULL,
    hold_end     INTEGER NOT NULL,
    eligible_on  INTEGER NOT NULL, -- 0: withheld by a charge in collections
    window_from  INTEGER NOT NULL, -- 0: nothing holds the window open
    out_cents    INTEGER NOT NULL,
    lapsed_cents INTEGER NOT NULL,
    -- Rare: the day of closing, the steps of refunds and whether it is barred, as 'closes;day:due;day:due;barred'.
    steps        TEXT,
    PRIMARY KEY (open, partner_no, charge_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX commissions_by_charge ON commissions (charge_no);

CREATE TABLE imports (
    import_no  INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    file       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    -- A file of a size that was never imported need not be hashed before it is read.
    bytes      INTEGER NOT NULL,
    profile    TEXT,
    rows       INTEGER NOT NULL,
    new        INTEGER NOT NULL,
    updated    INTEGER NOT NULL,
    seen       INTEGER NOT NULL,
    stale      INTEGER NOT NULL,
    reversed   INTEGER NOT NULL,
    set_aside  INTEGER NOT NULL,
    unclassified INTEGER NOT NULL,
    total_cents INTEGER NOT NULL,
    at         TEXT NOT NULL
) STRICT;
CREATE INDEX imports_by_sha ON imports (kind, sha256);
CREATE INDEX imports_by_size ON imports (kind, bytes);

-- Rows set aside, named for ever (R8); `digest` of a conflict's whole row keeps it from being reported twice.
CREATE TABLE set_aside (
    set_aside_no INTEGER PRIMARY KEY,
    import_no    INTEGER NOT NULL REFERENCES imports,
    line         INTEGER NOT NULL,
    column_name  TEXT NOT NULL,
    value        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    digest       INTEGER
) STRICT;
CREATE INDEX set_aside_by_digest ON set_aside (digest) WHERE digest IS NOT NULL;

-- Staff's remarks on a partner, account, charge or run.
CREATE TABLE notes (
    note_no INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    text    TEXT NOT NULL CHECK (text <> ''),
    at      TEXT NOT NULL,
    actor   TEXT NOT NULL
) STRICT;

-- Who did what, when and why; each row's hash covers the row and the hash before it.
CREATE TABLE audit (
    audit_no INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    actor    TEXT NOT NULL,
    os_user  TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL, -- partner:P1 account:A1 run:2026-11-27, separated by blanks
    detail   TEXT NOT NULL,
    reason   TEXT,
    prev_hash TEXT NOT NULL,
    hash     TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_keeps_all BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER lines_keep_rows BEFORE UPDATE ON lines BEGIN SELECT RAISE(ABORT, 'lines are append-only'); END;
CREATE TRIGGER lines_keep_all BEFORE DELETE ON lines BEGIN SELECT RAISE(ABORT, 'lines are append-only'); END;
CREATE TRIGGER adjustments_keep_rows BEFORE UPDATE ON adjustments BEGIN SELECT RAISE(ABORT, 'adjustments are append-only'); END;
CREATE TRIGGER adjustments_keep_all BEFORE DELETE ON adjustments BEGIN SELECT RAISE(ABORT, 'adjustments are append-only'); END;
CREATE TRIGGER transitions_keep_rows BEFORE UPDATE ON transitions BEGIN SELECT RAISE(ABORT, 'transitions are append-only'); END;
CREATE TRIGGER transitions_keep_all BEFORE DELETE ON transitions BEGIN SELECT RAISE(ABORT, 'transitions are append-only'); END;
CREATE TRIGGER policy_changes_keep_rows BEFORE UPDATE ON policy_changes BEGIN SELECT RAISE(ABORT, 'policy changes are append-only'); END;
CREATE TRIGGER policy_changes_keep_all BEFORE DELETE ON policy_changes BEGIN SELECT RAISE(ABORT, 'policy changes are append-only'); END;
-- What a sealed run says never changes (R8): its amounts, payees and addresses are fixed from birth.
CREATE TRIGGER items_keep_amounts BEFORE UPDATE OF item_id, run_no, partner_no, paypal_email, amount_cents ON items
BEGIN SELECT RAISE(ABORT, 'an item never changes its payee or amount'); END;
CREATE TRIGGER items_keep_all BEFORE DELETE ON items BEGIN SELECT RAISE(ABORT, 'items are never deleted'); END;
CREATE TRIGGER items_keep_return BEFORE UPDATE OF returned_on ON items WHEN OLD.returned_on IS NOT NULL AND NEW.returned_on IS NOT OLD.returned_on
BEGIN SELECT RAISE(ABORT, 'the money of an item comes back once'); END;
CREATE TRIGGER runs_keep_plan BEFORE UPDATE OF name, date, kind, currency, created_by, created_user, created_at, plan_sha256 ON runs
BEGIN SELECT RAISE(ABORT, 'a run never changes its plan'); END;
-- A run that PayPal refused whole, or that never left, has used no channel yet (R7.2).
CREATE TRIGGER runs_keep_channel BEFORE UPDATE OF channel ON runs WHEN OLD.channel IS NOT NULL AND NEW.channel IS NOT OLD.channel
    AND NOT (OLD.channel = 'api' AND NEW.channel IS NULL AND OLD.state = 'approved' AND NOT EXISTS
        (SELECT 1 FROM batches WHERE batches.run_no = OLD.run_no AND batches.state NOT IN ('intended', 'refused')))
BEGIN SELECT RAISE(ABORT, 'a run leaves by one channel only'); END;
CREATE TRIGGER runs_keep_all BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'runs are never deleted'); END;
CREATE TRIGGER attributions_only_claim BEFORE UPDATE ON attributions WHEN OLD.partner_no IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an attribution never changes; a new one follows it'); END;
CREATE TRIGGER attributions_keep_all BEFORE DELETE ON attributions BEGIN SELECT RAISE(ABORT, 'attributions are never deleted'); END;
CREATE TRIGGER set_aside_keep_rows BEFORE UPDATE ON set_aside BEGIN SELECT RAISE(ABORT, 'rows set aside stay named'); END;
CREATE TRIGGER set_aside_keep_all BEFORE DELETE ON set_aside BEGIN SELECT RAISE(ABORT, 'rows set aside stay named'); END;
-- What was sent can be proved, and what PayPal proved stays proved (R7.6).
CREATE TRIGGER batches_keep_request BEFORE UPDATE OF run_no, part, attempt, sender_batch_id, environment, payload, payload_sha256,
    items, amount_cents ON batches
BEGIN SELECT RAISE(ABORT, 'what is sent to PayPal never changes'); END;
CREATE TRIGGER batches_keep_outcome BEFORE UPDATE OF state, payout_batch_id ON batches WHEN OLD.state IN ('accepted', 'refused')
    AND (NEW.state IS NOT OLD.state OR NEW.payout_batch_id IS NOT OLD.payout_batch_id)
BEGIN SELECT RAISE(ABORT, 'what PayPal proved stays proved'); END;
CREATE TRIGGER batches_keep_first BEFORE UPDATE OF first_sent_at ON batches WHEN OLD.state IN ('unknown', 'accepted', 'refused')
    AND NEW.first_sent_at IS NOT OLD.first_sent_at
BEGIN SELECT RAISE(ABORT, 'a batch was first sent once'); END;
CREATE TRIGGER batches_keep_all BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'batches are never deleted'); END;
CREATE TRIGGER batches_sent_in_turn BEFORE UPDATE OF state ON batches WHEN NEW.state IN ('sending', 'unknown', 'accepted')
    AND OLD.state IS NOT NEW.state AND NOT EXISTS
    (SELECT 1 FROM runs WHERE runs.run_no = OLD.run_no AND runs.state = 'submitting' AND runs.channel = 'api')
BEGIN SELECT RAISE(ABORT, 'only a run that is submitting is sent'); END;
-- Sandbox and live never mix (promise 30), and what batch ids are derived from never changes.
CREATE TRIGGER batches_one_world BEFORE INSERT ON batches
    WHEN NEW.environment IS NOT (SELECT value FROM meta WHERE key = 'paypal_environment')
BEGIN SELECT RAISE(ABORT, 'sandbox and live never mix'); END;
CREATE TRIGGER meta_keeps_identity BEFORE UPDATE ON meta WHEN OLD.key IN ('paypal_environment', 'books_id')
    AND NEW.value IS NOT OLD.value
BEGIN SELECT RAISE(ABORT, 'these books stay the books they are'); END;
CREATE TRIGGER meta_keeps_all BEFORE DELETE ON meta WHEN OLD.key IN ('paypal_environment', 'books_id')
BEGIN SELECT RAISE(ABORT, 'these books stay the books they are'); END;
