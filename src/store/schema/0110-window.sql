-- SPDX-License-Identifier: EUPL-1.2
-- Every expected period (verwachte periode) that was told to a resident, beside its event window_told: what was said, and how
-- sure it was on that day. Only ever appended; what was taken back is an event.
CREATE TABLE told_window (
    request    INTEGER NOT NULL REFERENCES request (id),
    seq        INTEGER NOT NULL,
    from_day   TEXT NOT NULL,
    middle_day TEXT NOT NULL,
    to_day     TEXT NOT NULL,
    made_on    TEXT NOT NULL,
    hit_rate   INTEGER NOT NULL, -- of 1000 such periods so many were right, on the day that it was made
    scored     INTEGER NOT NULL, -- of so many periods that it was known of
    channel    TEXT NOT NULL,
    understood TEXT,
    PRIMARY KEY (request, seq)
) STRICT, WITHOUT ROWID;
-- Which one holds now: computed from the events; 0 when all were taken back.
CREATE TABLE told_now (
    request INTEGER NOT NULL PRIMARY KEY REFERENCES request (id),
    seq     INTEGER NOT NULL,
    times   INTEGER NOT NULL
) STRICT;

-- @sqlite
CREATE TRIGGER told_window_kept BEFORE UPDATE ON told_window BEGIN SELECT RAISE(ABORT, 'periods told are only appended'); END;
CREATE TRIGGER told_window_kept_delete BEFORE DELETE ON told_window BEGIN SELECT RAISE(ABORT, 'periods told are only appended'); END;
-- @postgres
CREATE TRIGGER told_window_kept BEFORE UPDATE OR DELETE ON told_window FOR EACH ROW EXECUTE FUNCTION refuse_change();
