-- What the speed of a preview and of large runs asks for (PERFORMANCE.md P3, P5, P7).

-- A reference that is proved at once makes SQLite copy every page before a statement of many rows changes it, so that the
-- statement could be undone alone. One that is proved before anything is saved says the same, and costs nothing. Only
-- the words of the schema change, for which SQLite's documentation names this way.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES runs,', 'REFERENCES runs DEFERRABLE INITIALLY DEFERRED,')
    WHERE type = 'table' AND name IN ('items', 'lines');
UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES partners,', 'REFERENCES partners DEFERRABLE INITIALLY DEFERRED,')
    WHERE type = 'table' AND name IN ('items', 'lines');
UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES items,', 'REFERENCES items DEFERRABLE INITIALLY DEFERRED,')
    WHERE type = 'table' AND name = 'lines';
UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES adjustments,', 'REFERENCES adjustments DEFERRABLE INITIALLY DEFERRED,')
    WHERE type = 'table' AND name = 'lines';
UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES charges,', 'REFERENCES charges DEFERRABLE INITIALLY DEFERRED,')
    WHERE type = 'table' AND name IN ('lines', 'refunds');
PRAGMA writable_schema = RESET;

-- What every charge earns every partner over time, kept so that a preview costs what is open (R5.1). Derived: it is made
-- afresh after this, and `check` makes it afresh and compares. partner_no 0 stands for a link nobody has claimed.
-- `schedule` is packed by the program: a preview reads all rows that are open, and every column costs by itself.
DROP TABLE commissions;
CREATE TABLE commissions (
    open       INTEGER NOT NULL CHECK (open IN (0, 1)),
    partner_no INTEGER NOT NULL,
    charge_no  INTEGER NOT NULL,
    schedule   BLOB NOT NULL,
    PRIMARY KEY (open, partner_no, charge_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX commissions_by_charge ON commissions (charge_no);
