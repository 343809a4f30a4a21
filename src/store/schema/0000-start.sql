-- SPDX-License-Identifier: EUPL-1.2
-- Run at every start, before the other steps: the list of steps that this register has had.
CREATE TABLE IF NOT EXISTS migration (
    name       TEXT NOT NULL PRIMARY KEY,
    checksum   TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;
