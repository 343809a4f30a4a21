-- SPDX-License-Identifier: EUPL-1.2
-- What changed on a waiting list on a day, as somebody wrote down: how many ask (requests), how many can be helped (starts), or how
-- long help takes (help). team NULL: every list. Only ever appended; what was a mistake is taken back in a row of its own.
CREATE TABLE list_change (
    id          INTEGER PRIMARY KEY,
    team        INTEGER,
    what        TEXT NOT NULL,
    from_day    TEXT NOT NULL,
    note        TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account     INTEGER
) STRICT;
CREATE TABLE list_change_undone (
    list_change INTEGER PRIMARY KEY REFERENCES list_change (id),
    recorded_at TEXT NOT NULL,
    account     INTEGER
) STRICT;

-- @sqlite
CREATE TRIGGER list_change_kept BEFORE UPDATE ON list_change BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;
CREATE TRIGGER list_change_kept_delete BEFORE DELETE ON list_change BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;
CREATE TRIGGER list_change_undone_kept BEFORE UPDATE ON list_change_undone BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;
CREATE TRIGGER list_change_undone_kept_delete BEFORE DELETE ON list_change_undone BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;
-- @postgres
CREATE TRIGGER list_change_kept BEFORE UPDATE OR DELETE ON list_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER list_change_undone_kept BEFORE UPDATE OR DELETE ON list_change_undone FOR EACH ROW EXECUTE FUNCTION refuse_change();
