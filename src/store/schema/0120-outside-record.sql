-- SPDX-License-Identifier: EUPL-1.2
-- What was counted outside the register and came in as a file: answers of surveys, lists kept elsewhere. No persons: nothing
-- in it says who answered. A line is known again by its key; it is only ever added.
CREATE TABLE outside_record (
    id            INTEGER PRIMARY KEY,
    source_key    TEXT NOT NULL UNIQUE,
    list          TEXT NOT NULL,
    day           TEXT NOT NULL,
    due           TEXT,
    done          TEXT,
    checked       TEXT,
    number        INTEGER,
    known         INTEGER,
    kept          INTEGER,
    category      TEXT,
    team          INTEGER REFERENCES team (id),
    neighbourhood INTEGER REFERENCES neighbourhood (id),
    channel       TEXT,
    recorded_at   TEXT NOT NULL,
    account       INTEGER
) STRICT;
CREATE INDEX outside_record_day ON outside_record (day);

-- @sqlite
CREATE TRIGGER outside_record_kept BEFORE UPDATE ON outside_record BEGIN SELECT RAISE(ABORT, 'what came from a file is only added to'); END;
CREATE TRIGGER outside_record_kept_delete BEFORE DELETE ON outside_record BEGIN SELECT RAISE(ABORT, 'what came from a file is only added to'); END;
-- @postgres
CREATE TRIGGER outside_record_kept BEFORE UPDATE OR DELETE ON outside_record FOR EACH ROW EXECUTE FUNCTION refuse_change();
