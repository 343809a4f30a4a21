-- SPDX-License-Identifier: EUPL-1.2
-- Partners (samenwerkingspartners): organisations that we work with, how far we are with each, and what was agreed. Contact
-- persons are sealed with the key of the partner's keeper: a person without an identity of its own. Stages and judgements are in history.
CREATE TABLE partner (
    id       INTEGER PRIMARY KEY,
    version  INTEGER NOT NULL,
    name     TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    stage    TEXT NOT NULL,
    keeper   INTEGER NOT NULL REFERENCES person (id),
    ended_on TEXT
) STRICT;
CREATE TABLE partner_neighbourhood (
    partner       INTEGER NOT NULL REFERENCES partner (id),
    neighbourhood INTEGER NOT NULL REFERENCES neighbourhood (id),
    PRIMARY KEY (partner, neighbourhood)
) STRICT, WITHOUT ROWID;
CREATE TABLE partner_contact (
    id       INTEGER PRIMARY KEY,
    partner  INTEGER NOT NULL REFERENCES partner (id),
    sealed   BLOB NOT NULL,
    added_on TEXT NOT NULL,
    ended_on TEXT
) STRICT;
CREATE INDEX partner_contact_partner ON partner_contact (partner, id);
-- An agreement with a partner (afspraak) names no resident, so its text is plain: partners and the public may read it.
CREATE TABLE agreement (
    id        INTEGER PRIMARY KEY,
    version   INTEGER NOT NULL,
    partner   INTEGER NOT NULL REFERENCES partner (id),
    text      TEXT NOT NULL,
    norm      TEXT NOT NULL,
    owner     INTEGER NOT NULL REFERENCES account (id),
    starts_on TEXT NOT NULL,
    review_on TEXT NOT NULL,
    ends_on   TEXT,
    kept      INTEGER,
    judged_on TEXT
) STRICT;
CREATE INDEX agreement_partner ON agreement (partner, id);
CREATE INDEX agreement_review ON agreement (review_on) WHERE ends_on IS NULL;
