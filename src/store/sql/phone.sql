-- SPDX-License-Identifier: EUPL-1.2
-- Calls of the telephone exchange, and calls counted by hand.

-- phone_import_insert(file text, recorded_at time, account int?, keeper int?) -> one (id int)
INSERT INTO phone_import (file, recorded_at, account, lines, rejected, added, known, keeper) VALUES ($1, $2, $3, 0, 0, 0, 0, $4)
RETURNING id;

-- phone_import_put(import int, lines int, rejected int, added int, known int)
UPDATE phone_import SET lines = $2, rejected = $3, added = $4, known = $5 WHERE id = $1;

-- phone_call_insert(import int?, source_key text, offered_at time, answered_at time?, abandoned bool, seconds int, queue text?,
--   person int?, caller blob?) -> (id int)
-- Nothing comes back when the call was there already.
INSERT INTO phone_call (import, source_key, offered_at, answered_at, abandoned, seconds, queue, person, caller)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (source_key) DO NOTHING RETURNING id;

-- phone_call_between(from time, to time) => (offered_at time, abandoned bool, seconds int)
SELECT offered_at, abandoned, seconds FROM phone_call WHERE offered_at >= $1 AND offered_at < $2;

-- phone_any(from time, to time) -> one (n int)
SELECT count(*) FROM phone_call WHERE offered_at >= $1 AND offered_at < $2;

-- phone_missed(from time, to time, least int) -> (id int, offered_at time, seconds int, queue text?, person int?, caller blob?,
--   keeper int?)
-- Missed calls without a call-back: hung up after at least so many seconds, and nobody answered the same person since.
SELECT p.id, p.offered_at, p.seconds, p.queue, p.person, p.caller, i.keeper
  FROM phone_call p LEFT JOIN phone_import i ON i.id = p.import
 WHERE p.abandoned = 1 AND p.offered_at >= $1 AND p.offered_at < $2 AND p.seconds >= $3
   AND NOT EXISTS (SELECT 1 FROM callback c WHERE c.missed = p.id)
 ORDER BY p.offered_at DESC, p.id DESC LIMIT 500;
-- unscoped: call-backs are only looked for, not shown

-- phone_missed_get(call int) -> one (id int, offered_at time, seconds int, queue text?, person int?, caller blob?, keeper int?)
SELECT p.id, p.offered_at, p.seconds, p.queue, p.person, p.caller, i.keeper
  FROM phone_call p LEFT JOIN phone_import i ON i.id = p.import
 WHERE p.id = $1 AND p.abandoned = 1;

-- phone_count_put(day date, half_hour int, offered int, answered int, abandoned int, in_time int?, seconds int?, account int?,
--   recorded_at time, version int)
INSERT INTO phone_count (day, half_hour, offered, answered, abandoned, in_time, seconds, account, recorded_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (day, half_hour) DO UPDATE SET offered = excluded.offered, answered = excluded.answered,
       abandoned = excluded.abandoned, in_time = excluded.in_time, seconds = excluded.seconds, account = excluded.account,
       recorded_at = excluded.recorded_at, version = excluded.version;

-- phone_count_between(from date, to date) -> (day date, half_hour int, offered int, answered int, abandoned int, in_time int?,
--   seconds int?, version int)
SELECT day, half_hour, offered, answered, abandoned, in_time, seconds, version
  FROM phone_count WHERE day >= $1 AND day < $2 ORDER BY day, half_hour;
