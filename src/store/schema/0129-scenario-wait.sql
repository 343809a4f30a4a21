-- SPDX-License-Identifier: EUPL-1.2
-- How long people would wait who ask so many days after a plan was kept: the days that a part of them (percent: 50, 80) does
-- not exceed, with the plan and going on as then. Only ever appended.
CREATE TABLE scenario_wait (
    scenario INTEGER NOT NULL REFERENCES scenario (id),
    days     INTEGER NOT NULL,
    planned  INTEGER NOT NULL,
    percent  INTEGER NOT NULL,
    value    REAL,
    low      REAL,
    high     REAL,
    PRIMARY KEY (scenario, days, planned, percent)
) STRICT, WITHOUT ROWID;

-- @sqlite
CREATE TRIGGER scenario_wait_kept BEFORE UPDATE ON scenario_wait BEGIN SELECT RAISE(ABORT, 'plans are only appended'); END;
CREATE TRIGGER scenario_wait_kept_delete BEFORE DELETE ON scenario_wait BEGIN SELECT RAISE(ABORT, 'plans are only appended'); END;
-- @postgres
CREATE TRIGGER scenario_wait_kept BEFORE UPDATE OR DELETE ON scenario_wait FOR EACH ROW EXECUTE FUNCTION refuse_change();
