-- SPDX-License-Identifier: EUPL-1.2
-- Hand-over lists (overdracht): residents who go from one organisation to another before a fixed day, step by step.
CREATE TABLE transfer (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    from_employer INTEGER NOT NULL REFERENCES employer (id),
    to_employer   INTEGER NOT NULL REFERENCES employer (id),
    team          INTEGER REFERENCES team (id),
    starts_on     TEXT NOT NULL,
    due_on        TEXT NOT NULL,
    recorded_at   TEXT NOT NULL,
    account       INTEGER
) STRICT;
-- One resident on such a list. The next step is agreed by three: resident, old provider, new team.
CREATE TABLE transfer_member (
    id             INTEGER PRIMARY KEY,
    transfer       INTEGER NOT NULL REFERENCES transfer (id),
    person         INTEGER NOT NULL REFERENCES person (id),
    request        INTEGER REFERENCES request (id),
    team           INTEGER,
    source_key     TEXT,
    original_on    TEXT NOT NULL,
    waits_until    TEXT,
    agreed_resident TEXT,
    agreed_provider TEXT,
    agreed_team    TEXT,
    informed_on    TEXT,
    not_informed   TEXT,
    outcome        TEXT,
    outcome_on     TEXT,
    kept_worker    INTEGER,
    exception      TEXT,
    exception_until TEXT,
    version        INTEGER NOT NULL
) STRICT;
CREATE INDEX transfer_member_list ON transfer_member (transfer, outcome, id);
CREATE UNIQUE INDEX transfer_member_key ON transfer_member (transfer, source_key) WHERE source_key IS NOT NULL;
CREATE UNIQUE INDEX transfer_member_request ON transfer_member (transfer, request) WHERE request IS NOT NULL;
CREATE INDEX transfer_member_person ON transfer_member (person);
CREATE INDEX transfer_member_of ON transfer_member (request) WHERE request IS NOT NULL;
