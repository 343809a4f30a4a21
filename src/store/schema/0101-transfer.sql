-- SPDX-License-Identifier: EUPL-1.2
-- Every version of what is known of a resident on a hand-over list; transfer_member is the last one. Only ever appended.
CREATE TABLE transfer_member_version (
    member          INTEGER NOT NULL REFERENCES transfer_member (id),
    version         INTEGER NOT NULL,
    recorded_at     TEXT NOT NULL,
    account         INTEGER,
    request         INTEGER,
    team            INTEGER,
    original_on     TEXT NOT NULL,
    waits_until     TEXT,
    agreed_resident TEXT,
    agreed_provider TEXT,
    agreed_team     TEXT,
    informed_on     TEXT,
    not_informed    TEXT,
    outcome         TEXT,
    outcome_on      TEXT,
    kept_worker     INTEGER,
    exception       TEXT,
    exception_until TEXT,
    PRIMARY KEY (member, version)
) STRICT, WITHOUT ROWID;
INSERT INTO transfer_member_version (member, version, recorded_at, account, request, team, original_on, waits_until,
       agreed_resident, agreed_provider, agreed_team, informed_on, not_informed, outcome, outcome_on, kept_worker, exception,
       exception_until)
SELECT m.id, m.version, t.recorded_at, t.account, m.request, m.team, m.original_on, m.waits_until, m.agreed_resident,
       m.agreed_provider, m.agreed_team, m.informed_on, m.not_informed, m.outcome, m.outcome_on, m.kept_worker, m.exception,
       m.exception_until
  FROM transfer_member m JOIN transfer t ON t.id = m.transfer;

-- @sqlite
CREATE TRIGGER transfer_member_version_kept BEFORE UPDATE ON transfer_member_version BEGIN SELECT RAISE(ABORT, 'versions are only appended'); END;
CREATE TRIGGER transfer_member_version_kept_delete BEFORE DELETE ON transfer_member_version BEGIN SELECT RAISE(ABORT, 'versions are only appended'); END;
-- @postgres
CREATE TRIGGER transfer_member_version_kept BEFORE UPDATE OR DELETE ON transfer_member_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
