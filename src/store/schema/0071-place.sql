-- SPDX-License-Identifier: EUPL-1.2
-- Places: locations of the teams and outreach places (vindplaatsen), and when each was to open according to which plan.
CREATE TABLE place (
    id            INTEGER PRIMARY KEY,
    version       INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL UNIQUE,
    address       TEXT,
    neighbourhood INTEGER NOT NULL REFERENCES neighbourhood (id),
    team          INTEGER NOT NULL REFERENCES team (id),
    partner       INTEGER REFERENCES partner (id),
    opened_on     TEXT,
    closed_on     TEXT
) STRICT;
-- A version of the plan. Only ever appended; no opens_on: the plan to open was dropped.
CREATE TABLE place_plan (
    place       INTEGER NOT NULL REFERENCES place (id),
    seq         INTEGER NOT NULL,
    decided_on  TEXT NOT NULL,
    opens_on    TEXT,
    why         TEXT,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    PRIMARY KEY (place, seq)
) STRICT, WITHOUT ROWID;
-- Days on which a place is closed, such as the holidays of a school: no consultation hours are promised then.
CREATE TABLE place_break (
    id        INTEGER PRIMARY KEY,
    place     INTEGER NOT NULL REFERENCES place (id),
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    name      TEXT NOT NULL,
    dropped   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX place_break_place ON place_break (place, first_day);

-- @sqlite
CREATE TRIGGER place_plan_kept BEFORE UPDATE ON place_plan BEGIN SELECT RAISE(ABORT, 'plans are only appended'); END;
CREATE TRIGGER place_plan_kept_delete BEFORE DELETE ON place_plan BEGIN SELECT RAISE(ABORT, 'plans are only appended'); END;
-- @postgres
CREATE TRIGGER place_plan_kept BEFORE UPDATE OR DELETE ON place_plan FOR EACH ROW EXECUTE FUNCTION refuse_change();
