-- SPDX-License-Identifier: EUPL-1.2
-- What was changed in the settings: old and new value, by whom. object: setting, team, neighbourhood, closing_day or place.
-- announced: a rule changed, so everyone is told.
CREATE TABLE setting_change (
    id          INTEGER PRIMARY KEY,
    object      TEXT NOT NULL,
    object_id   INTEGER NOT NULL,
    name        TEXT NOT NULL,
    subject     TEXT,
    old_value   TEXT,
    new_value   TEXT,
    announced   INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER
) STRICT;
CREATE INDEX setting_change_object ON setting_change (object, object_id, id);
CREATE INDEX setting_change_told ON setting_change (recorded_at) WHERE announced = 1;

-- @sqlite
CREATE TRIGGER setting_change_kept BEFORE UPDATE ON setting_change BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;
CREATE TRIGGER setting_change_kept_delete BEFORE DELETE ON setting_change BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;
-- @postgres
CREATE TRIGGER setting_change_kept BEFORE UPDATE OR DELETE ON setting_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
