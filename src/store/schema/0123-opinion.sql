-- SPDX-License-Identifier: EUPL-1.2
-- Days, for the second opinion on the core figures (store/sql/opinion.sql): so that SQL can count in Dutch days, working days
-- and terms of the law on both data bases. Filled anew from the calendar of the municipality each time; nothing else reads it.
CREATE TABLE opinion_day (
    day     TEXT NOT NULL PRIMARY KEY,
    number  INTEGER NOT NULL UNIQUE,
    second  INTEGER NOT NULL,
    ends    TEXT NOT NULL,
    ends_at INTEGER NOT NULL,
    works   INTEGER NOT NULL,
    lawful  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
