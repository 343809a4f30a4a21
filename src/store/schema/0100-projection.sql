-- SPDX-License-Identifier: EUPL-1.2
-- What is computed from events and must be computed again, because a newer program computes more or otherwise than the one
-- that wrote it (register/upgrade.c does it when the register is opened). A register without requests has nothing to do.
CREATE TABLE projection (
    name  TEXT NOT NULL PRIMARY KEY,
    stale INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO projection (name, stale)
SELECT 'request', CASE WHEN EXISTS (SELECT 1 FROM request) THEN 1 ELSE 0 END;
