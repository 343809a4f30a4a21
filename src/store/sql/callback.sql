-- SPDX-License-Identifier: EUPL-1.2
-- Call-backs (terugbelverzoeken). Seen like contacts: by who sees the whole register, the team, who promised and who owns.

-- @define columns
SELECT c.id, c.person, c.keeper, c.request, c.contact, c.missed, c.promised_at, c.recorded_at, c.account, c.owner, c.team,
       c.by_day, c.topic, c.state, c.attempts, c.tried_at, c.done_at, c.version, c.note, o.name
  FROM callback c LEFT JOIN account o ON o.id = c.owner

-- @define seen
 ($1 >= 1 OR c.team = $2 OR c.account = $3 OR c.owner = $3)
   AND NOT EXISTS (SELECT 1 FROM access_block b WHERE b.account = $3 AND b.person = c.person)
   AND (SELECT count(*) FROM standing h WHERE h.person = c.person AND h.sealed <> 0 AND NOT @visible(h)) = 0

-- callback_insert(person int?, keeper int, request int?, contact int?, missed int?, promised_at time, recorded_at time,
--   account int?, owner int?, team int?, by_day date?, topic text?, note blob?) -> one (id int)
INSERT INTO callback (person, keeper, request, contact, missed, promised_at, recorded_at, account, owner, team, by_day, topic,
                      note, state, attempts, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', 0, 1) RETURNING id;

-- callback_put(callback int, state text, attempts int, tried_at time?, done_at time?, owner int?, version int)
-- unscoped: a write, checked by the register
UPDATE callback SET state = $2, attempts = $3, tried_at = $4, done_at = $5, owner = $6, version = $7 WHERE id = $1;

-- callback_get(everything int, team int?, account int?, callback int) -> one (id int, person int?, keeper int, request int?, contact int?,
--   missed int?, promised_at time, recorded_at time, account int?, owner int?, team int?, by_day date?, topic text?,
--   state text, attempts int, tried_at time?, done_at time?, version int, note blob?, owner_name text?)
@columns
 WHERE c.id = $4 AND @seen;

-- callback_open(everything int, team int?, account int?) -> (id int, person int?, keeper int, request int?, contact int?, missed int?,
--   promised_at time, recorded_at time, account int?, owner int?, team int?, by_day date?, topic text?, state text,
--   attempts int, tried_at time?, done_at time?, version int, note blob?, owner_name text?)
-- scan: the index of what is open
@columns
 WHERE c.state = 'open' AND @seen
 ORDER BY c.promised_at, c.id LIMIT 1000;

-- callback_between(everything int, team int?, account int?, from time, to time) like callback_open
-- By the day of the promise, the newest first.
@columns
 WHERE c.promised_at >= $4 AND c.promised_at < $5 AND @seen
 ORDER BY c.promised_at DESC, c.id DESC LIMIT 1000;

-- callback_of_person(everything int, team int?, account int?, person int) like callback_open
@columns
 WHERE c.person = $4 AND @seen
 ORDER BY c.promised_at DESC, c.id DESC;

-- callback_of_request(everything int, team int?, account int?, request int) like callback_open
@columns
 WHERE c.request = $4 AND @seen
 ORDER BY c.promised_at DESC, c.id DESC;

-- callback_of_contact(everything int, team int?, account int?, contact int) like callback_open
@columns
 WHERE c.contact = $4 AND @seen
 ORDER BY c.promised_at DESC, c.id DESC;

-- callback_counts(from time, to time) -> (promised_at time, by_day date?, state text, done_at time?)
-- unscoped: dates, nothing about anyone
SELECT promised_at, by_day, state, done_at FROM callback WHERE promised_at >= $1 AND promised_at < $2;
