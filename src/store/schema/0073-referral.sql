-- SPDX-License-Identifier: EUPL-1.2
-- Referrals (doorverwijzingen): from a partner to us ('in') and from us to a partner ('out'). `consent` is what the last row
-- of referral_consent says; without it the partner sees nothing.
CREATE TABLE referral (
    id            INTEGER PRIMARY KEY,
    version       INTEGER NOT NULL,
    direction     TEXT NOT NULL,
    partner       INTEGER NOT NULL REFERENCES partner (id),
    request       INTEGER NOT NULL REFERENCES request (id),
    occurred_at   TEXT NOT NULL,
    recorded_at   TEXT NOT NULL,
    account       INTEGER,
    consent       INTEGER NOT NULL,
    multi_problem INTEGER NOT NULL DEFAULT 0,
    stays         INTEGER NOT NULL DEFAULT 0,
    answered_at   TEXT,
    answer        TEXT,
    warm          INTEGER NOT NULL DEFAULT 0,
    checked_at    TEXT,
    arrival       TEXT
) STRICT;
CREATE INDEX referral_partner ON referral (partner, direction, id);
CREATE INDEX referral_request ON referral (request);
CREATE INDEX referral_unanswered ON referral (occurred_at) WHERE direction = 'in' AND answered_at IS NULL;
CREATE INDEX referral_unchecked ON referral (occurred_at) WHERE direction = 'out' AND checked_at IS NULL;
CREATE INDEX referral_received ON referral (direction, occurred_at);
-- Who said yes or no to telling the partner, when and how. Only ever appended.
CREATE TABLE referral_consent (
    referral    INTEGER NOT NULL REFERENCES referral (id),
    seq         INTEGER NOT NULL,
    given       INTEGER NOT NULL,
    given_by    TEXT NOT NULL,
    how         TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    PRIMARY KEY (referral, seq)
) STRICT, WITHOUT ROWID;

-- @sqlite
CREATE TRIGGER referral_consent_kept BEFORE UPDATE ON referral_consent BEGIN SELECT RAISE(ABORT, 'consent is only appended'); END;
CREATE TRIGGER referral_consent_kept_delete BEFORE DELETE ON referral_consent BEGIN SELECT RAISE(ABORT, 'consent is only appended'); END;
CREATE TRIGGER referral_kept_delete BEFORE DELETE ON referral BEGIN SELECT RAISE(ABORT, 'referrals are never deleted'); END;
-- @postgres
CREATE TRIGGER referral_consent_kept BEFORE UPDATE OR DELETE ON referral_consent FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER referral_kept BEFORE DELETE ON referral FOR EACH ROW EXECUTE FUNCTION refuse_change();
