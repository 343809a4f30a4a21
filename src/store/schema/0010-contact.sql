-- SPDX-License-Identifier: EUPL-1.2
-- Contacts (contactmomenten), call-backs, phone figures, messages, and the facts of an intake.

-- Someone asked us something. May be anonymous; need not lead to a request. `keeper` is whose key seals the texts: the
-- person, or a holder of a key who is nobody; NULL when nothing was written.
CREATE TABLE contact (
    id            INTEGER PRIMARY KEY,
    occurred_at   TEXT NOT NULL,
    recorded_at   TEXT NOT NULL,
    account       INTEGER,
    team          INTEGER,
    neighbourhood INTEGER REFERENCES neighbourhood (id),
    person        INTEGER REFERENCES person (id),
    keeper        INTEGER REFERENCES person (id),
    channel       TEXT NOT NULL,
    asker         TEXT NOT NULL,
    tally         INTEGER NOT NULL,
    heard         TEXT,
    referrer      TEXT,
    failure       TEXT,
    session       INTEGER,
    withdrawn     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contact_occurred ON contact (occurred_at, id);
CREATE INDEX contact_late_decision ON contact (occurred_at) WHERE failure = 'decision_late';
CREATE INDEX contact_person ON contact (person) WHERE person IS NOT NULL;
CREATE INDEX contact_session ON contact (session) WHERE session IS NOT NULL;

-- The questions of a contact, and what became of each. `outcome` and `request` follow the history of the contact.
CREATE TABLE contact_question (
    contact INTEGER NOT NULL REFERENCES contact (id),
    seq     INTEGER NOT NULL,
    topic   TEXT NOT NULL,
    outcome TEXT NOT NULL,
    request INTEGER REFERENCES request (id),
    text    BLOB,
    PRIMARY KEY (contact, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_question_request ON contact_question (request) WHERE request IS NOT NULL;
CREATE INDEX contact_question_open ON contact_question (contact, seq) WHERE outcome = 'open' OR (outcome = 'request' AND request IS NULL);

-- Calls as the telephone exchange reported them. The number of a caller is kept, sealed, only of a call that was missed.
CREATE TABLE phone_import (
    id          INTEGER PRIMARY KEY,
    file        TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    lines       INTEGER NOT NULL,
    rejected    INTEGER NOT NULL,
    added       INTEGER NOT NULL,
    known       INTEGER NOT NULL,
    keeper      INTEGER REFERENCES person (id)
) STRICT;
CREATE TABLE phone_call (
    id          INTEGER PRIMARY KEY,
    import      INTEGER,
    source_key  TEXT NOT NULL UNIQUE,
    offered_at  TEXT NOT NULL,
    answered_at TEXT,
    abandoned   INTEGER NOT NULL,
    seconds     INTEGER NOT NULL,
    queue       TEXT,
    person      INTEGER REFERENCES person (id),
    caller      BLOB
) STRICT;
CREATE INDEX phone_call_offered ON phone_call (offered_at, abandoned, seconds);
CREATE INDEX phone_call_missed ON phone_call (offered_at, id) WHERE abandoned = 1;
-- Calls that were counted by hand: `seconds` is what those who were answered waited together.
CREATE TABLE phone_count (
    day         TEXT NOT NULL,
    half_hour   INTEGER NOT NULL,
    offered     INTEGER NOT NULL,
    answered    INTEGER NOT NULL,
    abandoned   INTEGER NOT NULL,
    in_time     INTEGER,
    seconds     INTEGER,
    account     INTEGER,
    recorded_at TEXT NOT NULL,
    version     INTEGER NOT NULL,
    PRIMARY KEY (day, half_hour)
) STRICT, WITHOUT ROWID;

-- A promise to call back (terugbelverzoek). The last day is computed from the promise; `by_day` only when one was agreed.
CREATE TABLE callback (
    id          INTEGER PRIMARY KEY,
    person      INTEGER REFERENCES person (id),
    keeper      INTEGER NOT NULL REFERENCES person (id),
    request     INTEGER REFERENCES request (id),
    contact     INTEGER REFERENCES contact (id),
    missed      INTEGER REFERENCES phone_call (id),
    promised_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    owner       INTEGER,
    team        INTEGER,
    by_day      TEXT,
    topic       TEXT,
    state       TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    tried_at    TEXT,
    done_at     TEXT,
    version     INTEGER NOT NULL,
    note        BLOB
) STRICT;
CREATE INDEX callback_open ON callback (promised_at, id) WHERE state = 'open';
CREATE INDEX callback_promised ON callback (promised_at, id);
CREATE INDEX callback_person ON callback (person) WHERE person IS NOT NULL;
CREATE INDEX callback_request ON callback (request) WHERE request IS NOT NULL;
CREATE INDEX callback_contact ON callback (contact) WHERE contact IS NOT NULL;
CREATE INDEX callback_missed ON callback (missed) WHERE missed IS NOT NULL;

-- Every message to or from a resident.
CREATE TABLE message (
    id          INTEGER PRIMARY KEY,
    person      INTEGER NOT NULL REFERENCES person (id),
    request     INTEGER REFERENCES request (id),
    kind        TEXT NOT NULL,
    way         TEXT NOT NULL,
    incoming    INTEGER NOT NULL,
    sent_at     TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    language    TEXT NOT NULL,
    text        BLOB
) STRICT;
CREATE INDEX message_person ON message (person, sent_at);
CREATE INDEX message_request ON message (request, sent_at) WHERE request IS NOT NULL;

-- What was asked at the intake beside the question, only as far as it was needed; 'unneeded' is an answer.
CREATE TABLE intake (
    request     INTEGER NOT NULL PRIMARY KEY REFERENCES request (id),
    home        TEXT,
    children    TEXT,
    carer       TEXT,
    interpreter TEXT,
    reading     TEXT,
    other_help  TEXT,
    consent     TEXT,
    heard       TEXT,
    wmo         TEXT,
    wait_until  TEXT,
    note        BLOB
) STRICT;

-- @sqlite
CREATE TRIGGER contact_kept BEFORE DELETE ON contact BEGIN SELECT RAISE(ABORT, 'contacts are never deleted'); END;
CREATE TRIGGER callback_kept BEFORE DELETE ON callback BEGIN SELECT RAISE(ABORT, 'call-backs are never deleted'); END;
CREATE TRIGGER message_kept BEFORE UPDATE ON message BEGIN SELECT RAISE(ABORT, 'messages are only appended'); END;
CREATE TRIGGER message_kept_delete BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'messages are only appended'); END;
CREATE TRIGGER phone_call_kept BEFORE DELETE ON phone_call BEGIN SELECT RAISE(ABORT, 'calls are never deleted'); END;
-- @postgres
CREATE TRIGGER contact_kept BEFORE DELETE ON contact FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER callback_kept BEFORE DELETE ON callback FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER message_kept BEFORE UPDATE OR DELETE ON message FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER phone_call_kept BEFORE DELETE ON phone_call FOR EACH ROW EXECUTE FUNCTION refuse_change();
