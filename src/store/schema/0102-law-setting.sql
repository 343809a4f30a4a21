-- SPDX-License-Identifier: EUPL-1.2
-- What a municipality chooses of the legal terms, from a day on: terms that begin before that day keep what held then. A later
-- row of the same day corrects it. Only ever appended.
CREATE TABLE law_setting (
    name        TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    from_day    TEXT NOT NULL,
    value       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER,
    PRIMARY KEY (name, seq)
) STRICT, WITHOUT ROWID;

-- @sqlite
CREATE TRIGGER law_setting_kept BEFORE UPDATE ON law_setting BEGIN SELECT RAISE(ABORT, 'settings of the law are only appended'); END;
CREATE TRIGGER law_setting_kept_delete BEFORE DELETE ON law_setting BEGIN SELECT RAISE(ABORT, 'settings of the law are only appended'); END;
-- @postgres
CREATE TRIGGER law_setting_kept BEFORE UPDATE OR DELETE ON law_setting FOR EACH ROW EXECUTE FUNCTION refuse_change();
