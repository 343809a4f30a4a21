-- SPDX-License-Identifier: EUPL-1.2
-- Plans (what if) that were kept, with what was expected of the list when they were: later compared with what happened.
-- Only ever appended.
CREATE TABLE scenario (
    id          INTEGER PRIMARY KEY,
    list        INTEGER NOT NULL,
    name        TEXT NOT NULL,
    made_at     TEXT NOT NULL,
    account     INTEGER,
    day         TEXT NOT NULL,
    workers     INTEGER NOT NULL,
    presence    INTEGER NOT NULL,
    ill         INTEGER NOT NULL,
    ill_weeks   INTEGER NOT NULL,
    arrivals    INTEGER NOT NULL,
    city        INTEGER NOT NULL,
    asked_first INTEGER NOT NULL
) STRICT;
CREATE INDEX scenario_of_list ON scenario (list, id);
-- How many would wait after so many days: with the plan, and going on as then.
CREATE TABLE scenario_size (
    scenario INTEGER NOT NULL REFERENCES scenario (id),
    days     INTEGER NOT NULL,
    planned  INTEGER NOT NULL,
    value    REAL,
    low      REAL,
    high     REAL,
    PRIMARY KEY (scenario, days, planned)
) STRICT, WITHOUT ROWID;

-- @sqlite
CREATE TRIGGER scenario_kept BEFORE UPDATE ON scenario BEGIN SELECT RAISE(ABORT, 'plans are only appended'); END;
CREATE TRIGGER scenario_kept_delete BEFORE DELETE ON scenario BEGIN SELECT RAISE(ABORT, 'plans are only appended'); END;
-- @postgres
CREATE TRIGGER scenario_kept BEFORE UPDATE OR DELETE ON scenario FOR EACH ROW EXECUTE FUNCTION refuse_change();
