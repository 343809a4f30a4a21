-- SPDX-License-Identifier: EUPL-1.2
-- Who has which case: its weight, whether the worker took it, wishes of the resident, and colleagues beside the main one.

-- weight: 1 light, 2 short, 3 medium, 4 heavy (what each counts for is a setting). accepted: the worker took it.
ALTER TABLE standing ADD COLUMN weight INTEGER;
ALTER TABLE standing ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX standing_worker ON standing (worker, request) WHERE ended_at IS NULL AND worker IS NOT NULL;

-- What the resident wishes of the worker, as codes; the newest row counts. NULL: no wish.
CREATE TABLE wish (
    request     INTEGER NOT NULL REFERENCES request (id),
    seq         INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    gender      TEXT,
    language    TEXT,
    provider    TEXT,
    moment      TEXT,
    note        BLOB,
    PRIMARY KEY (request, seq)
) STRICT, WITHOUT ROWID;

-- Colleagues who work on a case beside the main worker; a worker of a partner sees only these.
CREATE TABLE co_worker (
    id         INTEGER PRIMARY KEY,
    request    INTEGER NOT NULL REFERENCES request (id),
    worker     INTEGER NOT NULL REFERENCES worker (id),
    since      TEXT NOT NULL,
    since_by   INTEGER,
    ended_at   TEXT,
    ended_by   INTEGER
) STRICT;
CREATE INDEX co_worker_request ON co_worker (request, worker);
CREATE INDEX co_worker_worker ON co_worker (worker, request) WHERE ended_at IS NULL;

-- Whose worker changed, to be told.
CREATE INDEX event_worker_changed ON event (occurred_at) WHERE kind = 'worker_changed';

-- @sqlite
CREATE TRIGGER wish_kept BEFORE UPDATE ON wish BEGIN SELECT RAISE(ABORT, 'wishes are only appended'); END;
CREATE TRIGGER wish_kept_delete BEFORE DELETE ON wish BEGIN SELECT RAISE(ABORT, 'wishes are only appended'); END;
-- @postgres
CREATE TRIGGER wish_kept BEFORE UPDATE OR DELETE ON wish FOR EACH ROW EXECUTE FUNCTION refuse_change();
