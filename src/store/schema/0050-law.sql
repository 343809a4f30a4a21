-- SPDX-License-Identifier: EUPL-1.2
-- How the legal track of a request stands: played from its events whenever one is added (register/law_track.c), so that
-- lists are quick. No due date is in it: those are computed.

-- letter: a Wmo report whose letter "six weeks have passed" may have to be sent. running: some term of it runs.
-- asleep_until: nothing runs before this day, on which a decision is to be looked at again.
CREATE TABLE law (
    request       INTEGER NOT NULL PRIMARY KEY REFERENCES request (id),
    track         TEXT NOT NULL,
    stage         TEXT NOT NULL,
    reported_at   TEXT,
    researched_at TEXT,
    account_at    TEXT,
    letter_at     TEXT,
    ended_at      TEXT,
    letter        INTEGER NOT NULL,
    running       INTEGER NOT NULL,
    asleep_until  TEXT
) STRICT;
CREATE INDEX law_letter ON law (reported_at, request) WHERE letter = 1;
CREATE INDEX law_running ON law (request, asleep_until) WHERE running = 1;
CREATE INDEX law_reported ON law (reported_at) WHERE reported_at IS NOT NULL;

-- seq: the event that received the application.
CREATE TABLE application (
    request              INTEGER NOT NULL REFERENCES request (id),
    seq                  INTEGER NOT NULL,
    provision            TEXT NOT NULL,
    applied_at           TEXT NOT NULL,
    decided_at           TEXT,
    result               TEXT,
    notice_at            TEXT,
    objected_at          TEXT,
    objection_decided_at TEXT,
    PRIMARY KEY (request, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX application_open ON application (applied_at, request, seq) WHERE decided_at IS NULL;
CREATE INDEX application_decided ON application (decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX application_objection ON application (objected_at, request) WHERE objected_at IS NOT NULL;
CREATE INDEX application_notice ON application (notice_at) WHERE notice_at IS NOT NULL;
