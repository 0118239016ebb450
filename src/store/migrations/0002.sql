-- What a reviewer of the sending found missing: since when a batch is meant to leave, what PayPal has said of it so far,
-- what PayPal says of a payment against our books, and which report belongs to which run.

-- The table of batches is made anew. A batch that never left gives its id free: a run that is drafted again after a
-- cancellation has the same id in every copy of the books, and PayPal tells the second copy that it has it (promise 4).
DROP TRIGGER runs_keep_channel;
CREATE TABLE batches_made_anew (
    batch_no        INTEGER PRIMARY KEY,
    run_no          INTEGER NOT NULL REFERENCES runs,
    part            INTEGER NOT NULL CHECK (part >= 1),
    attempt         INTEGER NOT NULL CHECK (attempt >= 1),
    sender_batch_id TEXT NOT NULL,
    environment     TEXT NOT NULL CHECK (environment IN ('sandbox', 'live')),
    payload         BLOB NOT NULL,
    payload_sha256  TEXT NOT NULL,
    items           INTEGER NOT NULL CHECK (items >= 1),
    amount_cents    INTEGER NOT NULL CHECK (amount_cents > 0),
    state           TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'unknown', 'accepted', 'refused')),
    -- When the bytes were stored: a copy of the books that is older than PayPal's memory sends nothing (promise 6).
    intended_at     TEXT,
    first_sent_at   TEXT,
    last_sent_at    TEXT,
    payout_batch_id TEXT UNIQUE,
    batch_status    TEXT,
    debug_id        TEXT,
    -- PayPal's last answer, as it came, with its HTTP status; it never holds a secret.
    reply           TEXT,
    http            INTEGER,
    -- When PayPal first said that it has a batch of this id: no word of a person's stands against it.
    exists_at       TEXT,
    -- When PayPal last refused the same bytes under the same id, after they may have reached it before.
    repeat_refused_at TEXT,
    UNIQUE (run_no, part, attempt),
    CHECK ((state = 'accepted') = (payout_batch_id IS NOT NULL)),
    CHECK (state <> 'intended' OR first_sent_at IS NULL),
    CHECK (state NOT IN ('sending', 'unknown') OR first_sent_at IS NOT NULL),
    CHECK ((first_sent_at IS NULL) = (last_sent_at IS NULL))
) STRICT;
INSERT INTO batches_made_anew (batch_no, run_no, part, attempt, sender_batch_id, environment, payload, payload_sha256,
    items, amount_cents, state, intended_at, first_sent_at, last_sent_at, payout_batch_id, batch_status, debug_id, reply)
SELECT batch_no, batches.run_no, part, attempt, sender_batch_id, environment, payload, payload_sha256, items,
    amount_cents, batches.state, coalesce(first_sent_at, runs.left_at, (SELECT max(at) FROM audit
        WHERE action IN ('payout submit', 'payout resume') AND subject = 'run:' || runs.name)),
    first_sent_at, last_sent_at, payout_batch_id, batch_status, debug_id, reply
FROM batches JOIN runs ON runs.run_no = batches.run_no;
DROP TABLE batches;
ALTER TABLE batches_made_anew RENAME TO batches;
CREATE UNIQUE INDEX batches_one_live ON batches (run_no, part) WHERE state <> 'refused';
CREATE UNIQUE INDEX batches_one_id ON batches (sender_batch_id) WHERE state <> 'intended';

-- A run that PayPal refused whole, or that never left, has used no channel yet (R7.2).
CREATE TRIGGER runs_keep_channel BEFORE UPDATE OF channel ON runs WHEN OLD.channel IS NOT NULL AND NEW.channel IS NOT OLD.channel
    AND NOT (OLD.channel = 'api' AND NEW.channel IS NULL AND OLD.state = 'approved' AND NOT EXISTS
        (SELECT 1 FROM batches WHERE batches.run_no = OLD.run_no AND batches.state NOT IN ('intended', 'refused')))
BEGIN SELECT RAISE(ABORT, 'a run leaves by one channel only'); END;
-- What was sent can be proved, and what PayPal proved stays proved (R7.6).
CREATE TRIGGER batches_keep_request BEFORE UPDATE OF run_no, part, attempt, sender_batch_id, environment, payload, payload_sha256,
    items, amount_cents, intended_at ON batches
BEGIN SELECT RAISE(ABORT, 'what is sent to PayPal never changes'); END;
CREATE TRIGGER batches_keep_outcome BEFORE UPDATE OF state, payout_batch_id ON batches WHEN OLD.state IN ('accepted', 'refused')
    AND (NEW.state IS NOT OLD.state OR NEW.payout_batch_id IS NOT OLD.payout_batch_id)
BEGIN SELECT RAISE(ABORT, 'what PayPal proved stays proved'); END;
CREATE TRIGGER batches_keep_existing BEFORE UPDATE OF exists_at ON batches WHEN OLD.exists_at IS NOT NULL
    AND NEW.exists_at IS NOT OLD.exists_at
BEGIN SELECT RAISE(ABORT, 'what PayPal proved stays proved'); END;
CREATE TRIGGER batches_keep_first BEFORE UPDATE OF first_sent_at ON batches WHEN OLD.state IN ('unknown', 'accepted', 'refused')
    AND NEW.first_sent_at IS NOT OLD.first_sent_at
BEGIN SELECT RAISE(ABORT, 'a batch was first sent once'); END;
CREATE TRIGGER batches_keep_all BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'batches are never deleted'); END;
CREATE TRIGGER batches_sent_in_turn BEFORE UPDATE OF state ON batches WHEN NEW.state IN ('sending', 'unknown', 'accepted')
    AND OLD.state IS NOT NEW.state AND NOT EXISTS
    (SELECT 1 FROM runs WHERE runs.run_no = OLD.run_no AND runs.state = 'submitting' AND runs.channel = 'api')
BEGIN SELECT RAISE(ABORT, 'only a run that is submitting is sent'); END;
CREATE TRIGGER batches_one_world BEFORE INSERT ON batches
    WHEN NEW.environment IS NOT (SELECT value FROM meta WHERE key = 'paypal_environment')
BEGIN SELECT RAISE(ABORT, 'sandbox and live never mix'); END;
-- The world is settled by the first batch that PayPal has or may have; until then it was only tried (promise 30).
DROP TRIGGER meta_keeps_identity;
CREATE TRIGGER meta_keeps_identity BEFORE UPDATE ON meta WHEN NEW.value IS NOT OLD.value AND (OLD.key = 'books_id'
    OR (OLD.key = 'paypal_environment' AND EXISTS (SELECT 1 FROM batches WHERE state NOT IN ('intended', 'refused'))))
BEGIN SELECT RAISE(ABORT, 'these books stay the books they are'); END;

-- In what PayPal's last word for a payment contradicts the books, or cannot be understood; the word is paypal_status.
ALTER TABLE items ADD COLUMN alarm TEXT CHECK (alarm IN ('unknown_word', 'not_sent', 'paid_no_longer',
    'moves_after_return', 'listing_differs'));
CREATE INDEX items_alarming ON items (run_no) WHERE alarm IS NOT NULL;
CREATE INDEX items_by_transaction ON items (transaction_id) WHERE transaction_id IS NOT NULL;

-- The reports that settled runs which left by file: one report is of one run.
CREATE TABLE reports (
    sha256 TEXT PRIMARY KEY,
    run_no INTEGER NOT NULL REFERENCES runs,
    file   TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO reports (sha256, run_no, file, at)
SELECT told ->> '$.sha256', run_no, coalesce(told ->> '$.report', ''), at
FROM (SELECT CASE WHEN json_valid(detail) THEN detail ELSE '{}' END AS told, runs.run_no, audit.at
    FROM audit JOIN runs ON audit.subject = 'run:' || runs.name WHERE action = 'payout reconcile')
WHERE told ->> '$.sha256' IS NOT NULL;
CREATE TRIGGER reports_keep_rows BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'a report stays its run''s'); END;
CREATE TRIGGER reports_keep_all BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'a report stays its run''s'); END;
