-- SPDX-License-Identifier: EUPL-1.2
-- Complaints, signals and incidents. Facts as they came in, and how the record stands now (a projection of its
-- steps in `history`; `peil check` computes it again). Free text is sealed with the key of `keeper`: the person who
-- complained, or a key holder without a name.

CREATE TABLE complaint (
    id          INTEGER PRIMARY KEY,
    keeper      INTEGER NOT NULL REFERENCES person (id),
    request     INTEGER REFERENCES request (id),
    regime      TEXT NOT NULL,
    category    TEXT NOT NULL,
    channel     TEXT,
    serious     INTEGER NOT NULL,
    team        INTEGER REFERENCES team (id),
    worker      INTEGER REFERENCES worker (id),
    received_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    about       BLOB,
    version     INTEGER NOT NULL,
    state       TEXT NOT NULL,
    committee   TEXT,
    outcome     TEXT,
    handler     INTEGER REFERENCES account (id),
    closed_at   TEXT
) STRICT;
CREATE INDEX complaint_open ON complaint (received_at, id) WHERE closed_at IS NULL;
CREATE INDEX complaint_received ON complaint (received_at, id);
CREATE INDEX complaint_keeper ON complaint (keeper);
CREATE INDEX complaint_worker ON complaint (worker) WHERE worker IS NOT NULL;

CREATE TABLE signal (
    id            INTEGER PRIMARY KEY,
    keeper        INTEGER NOT NULL REFERENCES person (id),
    topic         TEXT NOT NULL,
    severity      INTEGER NOT NULL,
    source        TEXT NOT NULL,
    reporter      TEXT NOT NULL,
    neighbourhood INTEGER REFERENCES neighbourhood (id),
    team          INTEGER REFERENCES team (id),
    place         INTEGER,
    received_at   TEXT NOT NULL,
    recorded_at   TEXT NOT NULL,
    account       INTEGER,
    about         BLOB,
    version       INTEGER NOT NULL,
    state         TEXT NOT NULL,
    verdict       TEXT,
    answered_at   TEXT,
    closed_at     TEXT
) STRICT;
CREATE INDEX signal_open ON signal (received_at, id) WHERE closed_at IS NULL;
CREATE INDEX signal_received ON signal (received_at, id);
CREATE INDEX signal_topic ON signal (topic, neighbourhood, received_at);
CREATE INDEX signal_topic_nowhere ON signal (topic, received_at) WHERE neighbourhood IS NULL;
CREATE INDEX signal_account ON signal (account, received_at);

CREATE TABLE incident (
    id          INTEGER PRIMARY KEY,
    keeper      INTEGER NOT NULL REFERENCES person (id),
    kind        TEXT NOT NULL,
    harm        INTEGER NOT NULL,
    calamity    INTEGER NOT NULL,
    team        INTEGER REFERENCES team (id),
    occurred_at TEXT NOT NULL,
    found_at    TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    about       BLOB,
    version     INTEGER NOT NULL,
    state       TEXT NOT NULL,
    told_at     TEXT,
    closed_at   TEXT
) STRICT;
CREATE INDEX incident_open ON incident (found_at, id) WHERE closed_at IS NULL;
CREATE INDEX incident_found ON incident (found_at, id);
CREATE INDEX incident_account ON incident (account, found_at);
