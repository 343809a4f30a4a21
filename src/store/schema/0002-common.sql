-- SPDX-License-Identifier: EUPL-1.2
-- What all records of the register share: history, access, forms that count once, actions that can be undone.

-- An amount, level or number of another event; the id of another record.
ALTER TABLE event ADD COLUMN number INTEGER;
ALTER TABLE event ADD COLUMN object INTEGER;
-- Seen only by its own worker and by who has a grant; seen by the back office; the request that this one doubles.
ALTER TABLE standing ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE standing ADD COLUMN office INTEGER NOT NULL DEFAULT 0;
ALTER TABLE standing ADD COLUMN merged INTEGER;
-- The partner that an account works for, and the language of its screens.
ALTER TABLE account ADD COLUMN partner INTEGER;
ALTER TABLE account ADD COLUMN language TEXT;

-- What happened to any record that is not a request. Only ever appended; the record's own table holds how it stands.
CREATE TABLE history (
    object      TEXT NOT NULL,
    object_id   INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    worker      INTEGER,
    team        INTEGER,
    number      INTEGER,
    reason      TEXT,
    until       TEXT,
    note        BLOB,
    PRIMARY KEY (object, object_id, seq)
) STRICT, WITHOUT ROWID;

-- A reason that was given to open a request: its content within the team, or the whole request in an emergency.
CREATE TABLE access_grant (
    id        INTEGER PRIMARY KEY,
    account   INTEGER NOT NULL REFERENCES account (id),
    request   INTEGER NOT NULL REFERENCES request (id),
    kind      TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at   TEXT NOT NULL,
    reason    BLOB
) STRICT;
CREATE INDEX access_grant_account ON access_grant (account, request, ends_at);
CREATE INDEX access_grant_request ON access_grant (request);
-- Own family, neighbours, colleagues: this account never sees this person.
CREATE TABLE access_block (
    account INTEGER NOT NULL REFERENCES account (id),
    person  INTEGER NOT NULL REFERENCES person (id),
    since   TEXT NOT NULL,
    PRIMARY KEY (account, person)
) STRICT, WITHOUT ROWID;

-- Forms that have had their effect.
CREATE TABLE once (
    token   TEXT NOT NULL PRIMARY KEY,
    used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX once_used ON once (used_at);

-- What one action did, so that it can be undone at once.
CREATE TABLE batch (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    account   INTEGER,
    made_at   TEXT NOT NULL,
    undone_at TEXT
) STRICT;
CREATE TABLE batch_item (
    batch   INTEGER NOT NULL REFERENCES batch (id),
    request INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (batch, request, seq)
) STRICT, WITHOUT ROWID;

-- @sqlite
CREATE TRIGGER history_kept BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is only appended'); END;
CREATE TRIGGER history_kept_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is only appended'); END;
-- @postgres
CREATE TRIGGER history_kept BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION refuse_change();
