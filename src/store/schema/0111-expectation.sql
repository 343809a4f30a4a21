-- SPDX-License-Identifier: EUPL-1.2
-- What is expected of the waiting lists. A list is that of a team (its id), of the whole city (0) or of requests without a team
-- (-1). A stream is a class with or without a Wmo report (register/list_order.h); -1: all together.

-- How often periods were right in the past, week by week (account/calibration_store.h). Only ever appended.
CREATE TABLE calibration (
    list         INTEGER NOT NULL,
    origin       TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    made_at      TEXT NOT NULL,
    requests     INTEGER NOT NULL, -- that were known then
    way          TEXT NOT NULL,
    origins      INTEGER NOT NULL,
    withdrawals  INTEGER NOT NULL,
    withdrawn_on TEXT,
    PRIMARY KEY (list, origin, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE calibration_stream (
    list      INTEGER NOT NULL,
    origin    TEXT NOT NULL,
    seq       INTEGER NOT NULL,
    stream    INTEGER NOT NULL,
    low       REAL NOT NULL,
    high      REAL NOT NULL,
    hit       REAL,
    n         INTEGER NOT NULL,
    origins   INTEGER NOT NULL,
    told      INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (list, origin, seq, stream)
) STRICT, WITHOUT ROWID;
CREATE TABLE calibration_score (
    list     INTEGER NOT NULL,
    origin   TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    stream   INTEGER NOT NULL,
    kind     TEXT NOT NULL, -- every, first, last, and what it has to beat
    n        INTEGER NOT NULL,
    coverage REAL,
    early    REAL,
    late     REAL,
    width    REAL,
    bias     REAL,
    absolute REAL,
    pinball  REAL,
    crps     REAL,
    PRIMARY KEY (list, origin, seq, stream, kind)
) STRICT, WITHOUT ROWID;

-- The expectation of a list as it was made last; replaced as a whole when the register changed.
CREATE TABLE expectation (
    list    INTEGER NOT NULL PRIMARY KEY,
    day     TEXT NOT NULL,
    made_at TEXT NOT NULL,
    waiting INTEGER NOT NULL,
    way     TEXT NOT NULL
) STRICT;
-- Of everyone who waits. No days where none may be told: what is not there cannot be shown by mistake.
CREATE TABLE expected (
    request    INTEGER NOT NULL PRIMARY KEY REFERENCES request (id),
    list       INTEGER NOT NULL,
    stream     INTEGER NOT NULL,
    state      TEXT NOT NULL,
    from_day   TEXT,
    middle_day TEXT,
    to_day     TEXT,
    hit_rate   INTEGER, -- of 1000
    scored     INTEGER,
    CHECK ((state = 'told') = (from_day IS NOT NULL)),
    CHECK (state <> 'told' OR (middle_day IS NOT NULL AND to_day IS NOT NULL AND hit_rate IS NOT NULL AND scored > 0))
) STRICT;
CREATE INDEX expected_list ON expected (list);
-- Of who would ask today.
CREATE TABLE expected_newcomer (
    list       INTEGER NOT NULL,
    stream     INTEGER NOT NULL,
    state      TEXT NOT NULL,
    from_day   TEXT,
    middle_day TEXT,
    to_day     TEXT,
    hit_rate   INTEGER,
    scored     INTEGER,
    PRIMARY KEY (list, stream),
    CHECK ((state = 'told') = (from_day IS NOT NULL)),
    CHECK (state <> 'told' OR (middle_day IS NOT NULL AND to_day IS NOT NULL AND hit_rate IS NOT NULL AND scored > 0))
) STRICT, WITHOUT ROWID;
-- How long the list will be: P10, P25, P50, P75, P90 of each Monday to come.
CREATE TABLE expected_size (
    list INTEGER NOT NULL,
    day  TEXT NOT NULL,
    p10  REAL NOT NULL,
    p25  REAL NOT NULL,
    p50  REAL NOT NULL,
    p75  REAL NOT NULL,
    p90  REAL NOT NULL,
    PRIMARY KEY (list, day)
) STRICT, WITHOUT ROWID;
-- What drives it: numbers by name.
CREATE TABLE expected_driver (
    list  INTEGER NOT NULL,
    name  TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (list, name)
) STRICT, WITHOUT ROWID;

-- @sqlite
CREATE TRIGGER calibration_kept BEFORE UPDATE ON calibration BEGIN SELECT RAISE(ABORT, 'calibrations are only appended'); END;
CREATE TRIGGER calibration_kept_delete BEFORE DELETE ON calibration BEGIN SELECT RAISE(ABORT, 'calibrations are only appended'); END;
-- @postgres
CREATE TRIGGER calibration_kept BEFORE UPDATE OR DELETE ON calibration FOR EACH ROW EXECUTE FUNCTION refuse_change();
