-- SPDX-License-Identifier: EUPL-1.2
-- Presence (aanwezigheid): consultation hours as they are promised, and what became of each session.

-- A promise that recurs (spreekuur). Never changed but for its last day: another time or weekday is a new one, so that what
-- was promised in the past stays what it was.
CREATE TABLE walk_in_hour (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL,
    place       INTEGER NOT NULL REFERENCES place (id),
    team        INTEGER NOT NULL REFERENCES team (id),
    weekday     INTEGER NOT NULL,
    starts      INTEGER NOT NULL,
    ends        INTEGER NOT NULL,
    every_weeks INTEGER NOT NULL,
    first_day   TEXT NOT NULL,
    last_day    TEXT,
    recorded_at TEXT NOT NULL,
    account     INTEGER
) STRICT;
CREATE INDEX walk_in_hour_place ON walk_in_hour (place);

-- A session of which something was recorded. One that was promised and is not here is unknown, not zero.
-- starts and ends are what was promised, held_from and held_to what was done (minutes after midnight). The counts are those
-- of presence_question.
CREATE TABLE presence (
    id        INTEGER PRIMARY KEY,
    version   INTEGER NOT NULL,
    hour      INTEGER REFERENCES walk_in_hour (id),
    place     INTEGER NOT NULL REFERENCES place (id),
    team      INTEGER NOT NULL REFERENCES team (id),
    day       TEXT NOT NULL,
    starts    INTEGER NOT NULL,
    ends      INTEGER NOT NULL,
    state     TEXT NOT NULL,
    reason    TEXT,
    by_whom   TEXT,
    told_at   TEXT,
    moved_to  INTEGER REFERENCES presence (id),
    held_from INTEGER,
    held_to   INTEGER,
    visitors  INTEGER,
    workers   INTEGER NOT NULL DEFAULT 0,
    solved    INTEGER NOT NULL DEFAULT 0,
    requests  INTEGER NOT NULL DEFAULT 0,
    unhandled INTEGER NOT NULL DEFAULT 0,
    questions INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX presence_hour ON presence (hour, day) WHERE hour IS NOT NULL;
CREATE INDEX presence_day ON presence (day, place);
CREATE INDEX presence_place ON presence (place, day);
CREATE TABLE presence_worker (
    presence INTEGER NOT NULL REFERENCES presence (id),
    worker   INTEGER NOT NULL REFERENCES worker (id),
    PRIMARY KEY (presence, worker)
) STRICT, WITHOUT ROWID;
-- The tally (turflijst): one row a question, without a word about who asked. A mistake is taken back by a row that undoes it.
CREATE TABLE presence_question (
    presence    INTEGER NOT NULL REFERENCES presence (id),
    seq         INTEGER NOT NULL,
    outcome     TEXT NOT NULL,
    topic       TEXT,
    request     INTEGER REFERENCES request (id),
    undoes      INTEGER,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    PRIMARY KEY (presence, seq)
) STRICT, WITHOUT ROWID;
-- Sessions that ended with questions nobody had time for, and the signal that they are part of.
CREATE TABLE presence_unhandled (
    presence  INTEGER NOT NULL PRIMARY KEY REFERENCES presence (id),
    raised_at TEXT NOT NULL,
    unhandled INTEGER NOT NULL,
    signal    INTEGER
) STRICT;
CREATE INDEX presence_unhandled_raised ON presence_unhandled (raised_at);

-- @sqlite
CREATE TRIGGER presence_question_kept BEFORE UPDATE ON presence_question BEGIN SELECT RAISE(ABORT, 'the tally is only appended'); END;
CREATE TRIGGER presence_question_kept_delete BEFORE DELETE ON presence_question BEGIN SELECT RAISE(ABORT, 'the tally is only appended'); END;
-- @postgres
CREATE TRIGGER presence_question_kept BEFORE UPDATE OR DELETE ON presence_question FOR EACH ROW EXECUTE FUNCTION refuse_change();
