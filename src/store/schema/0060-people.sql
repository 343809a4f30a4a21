-- SPDX-License-Identifier: EUPL-1.2
-- Who belongs to whom: the same person registered twice, people who live together, people who help; and who may not see whom.

-- Two registrations of one person. A link, never a move: both keep what they have, and ending the link gives them back as
-- they were. A person stands under at most one other; those of a chain are one person. Ended links stay.
CREATE TABLE person_link (
    id           INTEGER PRIMARY KEY,
    person       INTEGER NOT NULL REFERENCES person (id),
    into_person  INTEGER NOT NULL REFERENCES person (id),
    linked_at    TEXT NOT NULL,
    linked_by    INTEGER,
    ended_at     TEXT,
    ended_by     INTEGER
) STRICT;
CREATE UNIQUE INDEX person_link_up ON person_link (person) WHERE ended_at IS NULL;
CREATE INDEX person_link_down ON person_link (into_person) WHERE ended_at IS NULL;
-- Looked at by a person and found not to be the same: never proposed again. The lower number first.
CREATE TABLE person_distinct (
    low      INTEGER NOT NULL REFERENCES person (id),
    high     INTEGER NOT NULL REFERENCES person (id),
    since    TEXT NOT NULL,
    account  INTEGER,
    PRIMARY KEY (low, high)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_distinct_high ON person_distinct (high, low);
-- The requests that a request stands for.
CREATE INDEX standing_merged ON standing (merged) WHERE merged IS NOT NULL;

-- People who live together. Everyone in it is a person, also a child who asks for nothing.
CREATE TABLE household (
    id       INTEGER PRIMARY KEY,
    version  INTEGER NOT NULL,
    since    TEXT NOT NULL
) STRICT;
CREATE TABLE household_member (
    id         INTEGER PRIMARY KEY,
    household  INTEGER NOT NULL REFERENCES household (id),
    person     INTEGER NOT NULL REFERENCES person (id),
    role       TEXT NOT NULL,
    starts_on  TEXT NOT NULL,
    ends_on    TEXT
) STRICT;
CREATE INDEX household_member_household ON household_member (household, id);
CREATE INDEX household_member_person ON household_member (person, id);

-- The people and organisations around a resident. Who they are and what is noted about them is sealed with the resident's key.
CREATE TABLE network (
    id        INTEGER PRIMARY KEY,
    version   INTEGER NOT NULL,
    person    INTEGER NOT NULL REFERENCES person (id),
    kind      TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on   TEXT,
    told      TEXT NOT NULL,
    agreed_on TEXT,
    message   TEXT NOT NULL,
    sealed    BLOB NOT NULL
) STRICT;
CREATE INDEX network_person ON network (person, id);

-- Someone says: I know this resident privately. The block works at once (access_block, which follows from these rows); the
-- team lead confirms or ends it.
CREATE TABLE access_claim (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL,
    account      INTEGER NOT NULL REFERENCES account (id),
    person       INTEGER NOT NULL REFERENCES person (id),
    relation     TEXT NOT NULL,
    declared_at  TEXT NOT NULL,
    confirmed_at TEXT,
    confirmed_by INTEGER,
    ended_at     TEXT
) STRICT;
CREATE INDEX access_claim_account ON access_claim (account, person);
CREATE INDEX access_claim_person ON access_claim (person, account) WHERE ended_at IS NULL;
CREATE INDEX access_block_person ON access_block (person);
CREATE INDEX access_claim_open ON access_claim (declared_at) WHERE ended_at IS NULL;
-- A person of whom everything is sealed, also what is asked later.
CREATE TABLE person_seal (
    person INTEGER NOT NULL PRIMARY KEY REFERENCES person (id),
    since  TEXT NOT NULL
) STRICT;
-- What an account looked at, and who got in by a reason: for the data protection officer.
CREATE INDEX access_log_account ON access_log (account, id);
CREATE INDEX standing_sealed ON standing (request) WHERE sealed = 1;
-- Which requests have been on a level of escalation.
CREATE INDEX event_ave ON event (request) WHERE kind = 'ave_changed';
