-- SPDX-License-Identifier: EUPL-1.2
-- Who works here: employer, contract, hours over time, absence in dates alone, and vacancies.

-- The organisations that people are employed by, or that residents come from at a transition.
-- kind: own, parent (one of those behind us), municipality, partner, agency, provider
CREATE TABLE employer (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('own', 'parent', 'municipality', 'partner', 'agency', 'provider'))
) STRICT;

-- How the worker stands now; worker_version keeps every version. Lists of codes have a blank between.
ALTER TABLE worker ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE worker ADD COLUMN others TEXT;
ALTER TABLE worker ADD COLUMN employer INTEGER REFERENCES employer (id);
ALTER TABLE worker ADD COLUMN contract TEXT;
ALTER TABLE worker ADD COLUMN languages TEXT;
ALTER TABLE worker ADD COLUMN gender TEXT;
ALTER TABLE worker ADD COLUMN room INTEGER;
ALTER TABLE worker ADD COLUMN started_on TEXT;
ALTER TABLE worker ADD COLUMN ended_on TEXT;
ALTER TABLE worker ADD COLUMN takeover TEXT;
CREATE INDEX worker_team ON worker (team);
CREATE INDEX worker_ended ON worker (ended_on) WHERE ended_on IS NOT NULL;
CREATE TABLE worker_version (
    worker      INTEGER NOT NULL REFERENCES worker (id),
    version     INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    name        TEXT NOT NULL,
    team        INTEGER,
    discipline  TEXT,
    others      TEXT,
    employer    INTEGER,
    contract    TEXT,
    languages   TEXT,
    gender      TEXT,
    room        INTEGER,
    started_on  TEXT,
    ended_on    TEXT,
    takeover    TEXT,
    PRIMARY KEY (worker, version)
) STRICT, WITHOUT ROWID;

-- Hours of a worker from a day on, in hundredths of a full-time equivalent. A later row of the same day corrects it.
CREATE TABLE worker_fte (
    worker      INTEGER NOT NULL REFERENCES worker (id),
    seq         INTEGER NOT NULL,
    from_day    TEXT NOT NULL,
    fte         INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    PRIMARY KEY (worker, seq)
) STRICT, WITHOUT ROWID;

-- What was agreed for a team from a day on (formatie), in hundredths.
CREATE TABLE established_fte (
    team        INTEGER NOT NULL REFERENCES team (id),
    seq         INTEGER NOT NULL,
    from_day    TEXT NOT NULL,
    fte         INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    PRIMARY KEY (team, seq)
) STRICT, WITHOUT ROWID;

-- Absence: dates and one of three kinds. There is no place for a reason: every text column takes a code or a date alone
-- (tests/unit/test_absence.c tries).
CREATE TABLE absence (
    id        INTEGER PRIMARY KEY,
    worker    INTEGER NOT NULL REFERENCES worker (id),
    kind      TEXT NOT NULL CHECK (kind IN ('sick', 'leave', 'other')),
    from_day  TEXT NOT NULL CHECK (length(from_day) = 10 AND from_day >= '1900-01-01' AND from_day < '2200'),
    until_day TEXT CHECK (until_day IS NULL OR (length(until_day) = 10 AND until_day >= '1900-01-01' AND until_day < '2200')),
    ended_day TEXT CHECK (ended_day IS NULL OR (length(ended_day) = 10 AND ended_day >= '1900-01-01' AND ended_day < '2200')),
    removed   INTEGER NOT NULL DEFAULT 0,
    version   INTEGER NOT NULL
) STRICT;
CREATE INDEX absence_worker ON absence (worker, from_day);
CREATE INDEX absence_from ON absence (from_day);
CREATE TABLE absence_version (
    absence     INTEGER NOT NULL REFERENCES absence (id),
    version     INTEGER NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 20 AND recorded_at >= '1900-01-01' AND recorded_at < '2200'),
    account     INTEGER,
    kind        TEXT NOT NULL CHECK (kind IN ('sick', 'leave', 'other')),
    from_day    TEXT NOT NULL CHECK (length(from_day) = 10 AND from_day >= '1900-01-01' AND from_day < '2200'),
    until_day   TEXT CHECK (until_day IS NULL OR (length(until_day) = 10 AND until_day >= '1900-01-01' AND until_day < '2200')),
    ended_day   TEXT CHECK (ended_day IS NULL OR (length(ended_day) = 10 AND ended_day >= '1900-01-01' AND ended_day < '2200')),
    removed     INTEGER NOT NULL,
    PRIMARY KEY (absence, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE vacancy (
    id          INTEGER PRIMARY KEY,
    team        INTEGER NOT NULL REFERENCES team (id),
    discipline  TEXT NOT NULL,
    fte         INTEGER NOT NULL,
    opened_on   TEXT NOT NULL,
    closed_on   TEXT,
    outcome     TEXT,
    recorded_at TEXT NOT NULL,
    version     INTEGER NOT NULL
) STRICT;

-- @sqlite
CREATE TRIGGER worker_version_kept BEFORE UPDATE ON worker_version BEGIN SELECT RAISE(ABORT, 'versions are only appended'); END;
CREATE TRIGGER worker_version_kept_delete BEFORE DELETE ON worker_version BEGIN SELECT RAISE(ABORT, 'versions are only appended'); END;
CREATE TRIGGER worker_fte_kept BEFORE UPDATE ON worker_fte BEGIN SELECT RAISE(ABORT, 'hours are only appended'); END;
CREATE TRIGGER worker_fte_kept_delete BEFORE DELETE ON worker_fte BEGIN SELECT RAISE(ABORT, 'hours are only appended'); END;
CREATE TRIGGER absence_version_kept BEFORE UPDATE ON absence_version BEGIN SELECT RAISE(ABORT, 'versions are only appended'); END;
CREATE TRIGGER absence_version_kept_delete BEFORE DELETE ON absence_version BEGIN SELECT RAISE(ABORT, 'versions are only appended'); END;
-- @postgres
CREATE TRIGGER worker_version_kept BEFORE UPDATE OR DELETE ON worker_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER worker_fte_kept BEFORE UPDATE OR DELETE ON worker_fte FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER absence_version_kept BEFORE UPDATE OR DELETE ON absence_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
