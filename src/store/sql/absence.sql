-- SPDX-License-Identifier: EUPL-1.2
-- Absence: dates and a kind, never a reason.

-- absence_insert(worker int, kind text, from_day date, until_day date?, ended_day date?) -> one (id int)
INSERT INTO absence (worker, kind, from_day, until_day, ended_day, removed, version) VALUES ($1, $2, $3, $4, $5, 0, 1) RETURNING id;

-- absence_put(absence int, seen int, kind text, from_day date, until_day date?, ended_day date?, removed bool) -> (version int)
-- No row: someone else changed it, or it is not there.
UPDATE absence SET version = version + 1, kind = $3, from_day = $4, until_day = $5, ended_day = $6, removed = $7
 WHERE id = $1 AND version = $2 RETURNING version;

-- absence_version_insert(absence int, version int, recorded_at time, account int?, kind text, from_day date, until_day date?,
--   ended_day date?, removed bool)
INSERT INTO absence_version (absence, version, recorded_at, account, kind, from_day, until_day, ended_day, removed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- absence_get(absence int) -> (id int, worker int, kind text, from_day date, until_day date?, ended_day date?, removed bool,
--   version int)
SELECT id, worker, kind, from_day, until_day, ended_day, removed, version FROM absence WHERE id = $1;

-- absence_of(worker int) like absence_get
SELECT id, worker, kind, from_day, until_day, ended_day, removed, version FROM absence
 WHERE worker = $1 AND removed = 0 ORDER BY from_day, id;

-- absence_between(from_day date, to_day date) -> (id int, worker int, kind text, from_day date, until_day date?, ended_day date?,
--   removed bool, version int)
SELECT id, worker, kind, from_day, until_day, ended_day, removed, version FROM absence
 WHERE removed = 0 AND from_day <= $2
   AND (ended_day >= $1 OR (ended_day IS NULL AND (kind <> 'leave' OR until_day IS NULL OR until_day >= $1)))
 ORDER BY worker + 0, from_day, id;

-- absence_versions(absence int) -> (version int, recorded_at time, who text?, kind text, from_day date, until_day date?,
--   ended_day date?, removed bool)
SELECT v.version, v.recorded_at, a.name, v.kind, v.from_day, v.until_day, v.ended_day, v.removed
  FROM absence_version v LEFT JOIN account a ON a.id = v.account WHERE v.absence = $1 ORDER BY v.version;

-- absence_text_columns() -> (name text)
-- scan: the catalogue of the data base; only the test asks, which holds every text column of absence to a code or a day
SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
 WHERE m.name IN ('absence', 'absence_version') AND c.type NOT IN ('INTEGER', 'REAL') ORDER BY 1;
-- @postgres
SELECT c.relname::text || '.' || a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relname::text || '' IN ('absence', 'absence_version') AND c.relnamespace::regnamespace::text = current_schema()
   AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'text'::regtype ORDER BY 1;
