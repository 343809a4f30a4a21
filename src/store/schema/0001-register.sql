-- SPDX-License-Identifier: EUPL-1.2
-- Written once, in SQLite's words; mksql makes PostgreSQL's from it. Times are ISO 8601 text in UTC, days are ISO dates.

-- Settings, and the days on which the teams are closed beside the national holidays.
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE closing_day (
    day  TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The organisation.
CREATE TABLE team (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE neighbourhood (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    code        TEXT,
    team        INTEGER REFERENCES team (id),
    inhabitants INTEGER
) STRICT;
CREATE TABLE worker (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    team       INTEGER REFERENCES team (id),
    discipline TEXT
) STRICT;
CREATE TABLE account (
    id           INTEGER PRIMARY KEY,
    login        TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    team         INTEGER REFERENCES team (id),
    worker       INTEGER REFERENCES worker (id),
    password     TEXT NOT NULL,
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT,
    active       INTEGER NOT NULL DEFAULT 1,
    created_at   TEXT NOT NULL
) STRICT;
-- A session is known by the hash of its token: who reads the register cannot take one over.
CREATE TABLE session (
    token      TEXT NOT NULL PRIMARY KEY,
    account    INTEGER NOT NULL REFERENCES account (id),
    csrf       TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ends_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account);

-- Residents. Who they are is in identity, sealed with the person's own key; nothing else in the register names anyone.
CREATE TABLE person (
    id         INTEGER PRIMARY KEY,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE identity (
    person INTEGER NOT NULL PRIMARY KEY REFERENCES person (id),
    serial INTEGER NOT NULL UNIQUE,
    sealed BLOB NOT NULL
) STRICT;

-- Where imported requests came from; a request is known there by its key, so that a file can be imported again.
CREATE TABLE source (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE import_run (
    id          INTEGER PRIMARY KEY,
    source      INTEGER NOT NULL REFERENCES source (id),
    file        TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    lines       INTEGER NOT NULL,
    rejected    INTEGER NOT NULL,
    requests    INTEGER NOT NULL,
    events      INTEGER NOT NULL
) STRICT;

-- The facts of a request, as it was asked. Never changed: what happens later is an event.
CREATE TABLE request (
    id            INTEGER PRIMARY KEY,
    person        INTEGER REFERENCES person (id),
    received_at   TEXT NOT NULL,
    recorded_at   TEXT NOT NULL,
    channel       TEXT,
    route         TEXT,
    category      TEXT,
    neighbourhood INTEGER REFERENCES neighbourhood (id),
    source        INTEGER REFERENCES source (id),
    source_key    TEXT,
    question      BLOB
) STRICT;
CREATE UNIQUE INDEX request_source ON request (source, source_key) WHERE source IS NOT NULL;
CREATE INDEX request_person ON request (person) WHERE person IS NOT NULL;

-- What happened, when it happened and when it was written down. Only ever appended.
CREATE TABLE event (
    request     INTEGER NOT NULL REFERENCES request (id),
    seq         INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    team        INTEGER,
    worker      INTEGER,
    urgency     INTEGER,
    reason      TEXT,
    until       TEXT,
    activity    TEXT,
    note        BLOB,
    PRIMARY KEY (request, seq)
) STRICT, WITHOUT ROWID;

-- How each request stands: computed from its events whenever one is added, so that lists are quick. `peil check`
-- computes it again and compares; it holds no due date and no clock.
CREATE TABLE standing (
    request       INTEGER NOT NULL PRIMARY KEY REFERENCES request (id),
    version       INTEGER NOT NULL,
    state         TEXT NOT NULL,
    waiting       INTEGER NOT NULL,
    person        INTEGER,
    team          INTEGER,
    neighbourhood INTEGER,
    worker        INTEGER,
    urgency       INTEGER NOT NULL,
    received_at   TEXT NOT NULL,
    heard_at      TEXT NOT NULL,
    attempts      INTEGER NOT NULL,
    listed        INTEGER NOT NULL,
    paused_at     TEXT,
    started_at    TEXT,
    ended_at      TEXT
) STRICT;
CREATE INDEX standing_order ON standing (urgency DESC, received_at, request) WHERE waiting = 1;
CREATE INDEX standing_team_order ON standing (team, urgency DESC, received_at, request) WHERE waiting = 1;
CREATE INDEX standing_heard ON standing (heard_at, request) WHERE waiting = 1;
CREATE INDEX standing_received ON standing (received_at, request) WHERE waiting = 1;
CREATE INDEX standing_person ON standing (person) WHERE person IS NOT NULL;

-- Who looked at what. The same look within a few seconds is one row with a count.
CREATE TABLE access_log (
    id       INTEGER PRIMARY KEY,
    first_at TEXT NOT NULL,
    last_at  TEXT NOT NULL,
    account  INTEGER,
    action   TEXT NOT NULL,
    object   TEXT NOT NULL,
    object_id INTEGER,
    times    INTEGER NOT NULL
) STRICT;
CREATE INDEX access_log_object ON access_log (object, object_id);

-- @sqlite
CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are only appended'); END;
CREATE TRIGGER event_kept_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are only appended'); END;
CREATE TRIGGER request_kept_delete BEFORE DELETE ON request BEGIN SELECT RAISE(ABORT, 'requests are never deleted'); END;
-- @postgres
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events and requests are only appended'; END $$;
CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER request_kept BEFORE DELETE ON request FOR EACH ROW EXECUTE FUNCTION refuse_change();
