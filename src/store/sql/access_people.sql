-- SPDX-License-Identifier: EUPL-1.2
-- Seals, and what the data protection officer looks at (register/access.h).

-- person_seal_put(person int, since time)
INSERT INTO person_seal (person, since) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING;

-- person_seal_delete(person int)
DELETE FROM person_seal WHERE person = $1;

-- person_seal_get(person int) -> (since time)
SELECT since FROM person_seal WHERE person = $1;

-- seal_get(request int) -> one (person int?, team int?, sealed bool, received_at time, version int)
-- unscoped: whether a request is sealed, for who may seal
SELECT s.person, s.team, s.sealed, r.received_at, s.version FROM standing s JOIN request r ON r.id = s.request WHERE s.request = $1;

-- seal_all(team int?) -> (request int, team int?, received_at time, person_sealed int)
-- scan: walks the index of sealed requests, of which there are few
-- unscoped: numbers of requests, for who may seal
SELECT s.request, s.team, r.received_at, (SELECT count(*) FROM person_seal p WHERE p.person = s.person)
  FROM standing s JOIN request r ON r.id = s.request
 WHERE s.sealed = 1 AND ($1 IS NULL OR s.team = $1)
 ORDER BY s.request DESC LIMIT 200;

-- seal_person_requests(person int) -> (request int, sealed bool)
-- unscoped: every request of a person that is being sealed
SELECT request, sealed FROM standing WHERE person = $1 ORDER BY request;

-- access_case_list(kind text?, account int?, request int?, open bool) -> (id int, request int, account int, kind text,
--   starts_at time, ends_at time, reason blob?, who text, role text, person int?, received_at time, looks int, judged text?,
--   judged_at time?, judged_by text?)
-- scan: the reasons that were given, of which there are some in a day
-- unscoped: for the data protection officer; numbers, no residents
SELECT g.id, g.request, g.account, g.kind, g.starts_at, g.ends_at, g.reason, a.name, a.role, r.person, r.received_at,
       (SELECT coalesce(sum(l.times), 0) FROM access_log l
         WHERE l.object = 'request' AND l.object_id = g.request AND l.account = g.account
           AND l.last_at >= g.starts_at AND l.first_at < g.ends_at),
       h.reason, h.occurred_at, b.name
  FROM access_grant g JOIN account a ON a.id = g.account JOIN request r ON r.id = g.request
  LEFT JOIN history h ON h.object = 'access_grant' AND h.object_id = g.id AND h.seq = 1
  LEFT JOIN account b ON b.id = h.account
 WHERE ($1 IS NULL OR g.kind = $1) AND ($2 IS NULL OR g.account = $2) AND ($3 IS NULL OR g.request = $3)
   AND ($4 = 0 OR h.seq IS NULL)
 ORDER BY g.starts_at DESC, g.id DESC LIMIT 200;

-- access_case_get(id int) -> one (request int, person int?, account int, kind text)
-- unscoped: for the data protection officer; numbers, no residents
SELECT g.request, r.person, g.account, g.kind FROM access_grant g JOIN request r ON r.id = g.request WHERE g.id = $1;

-- access_log_of_account(account int) -> (first_at time, last_at time, action text, object text, object_id int?, times int)
SELECT first_at, last_at, action, object, object_id, times FROM access_log WHERE account = $1 ORDER BY id DESC LIMIT 200;

-- access_log_request(request int) -> (id int, account int?, first_at time, last_at time, login text?, name text?, action text,
--   object text, object_id int?, times int)
SELECT l.id, l.account, l.first_at, l.last_at, a.login, a.name, l.action, l.object, l.object_id, l.times
  FROM access_log l LEFT JOIN account a ON a.id = l.account
 WHERE l.object = 'request' AND l.object_id = $1 ORDER BY l.id DESC LIMIT 200;

-- access_log_person(person int) like access_log_request
-- What was looked at of one registration: its page and all its requests.
-- unscoped: for the data protection officer; numbers, no residents
SELECT l.id, l.account, l.first_at, l.last_at, a.login, a.name, l.action, l.object, l.object_id, l.times
  FROM standing s JOIN access_log l ON l.object = 'request' AND l.object_id = s.request
  LEFT JOIN account a ON a.id = l.account
 WHERE s.person = $1
 UNION ALL
SELECT l.id, l.account, l.first_at, l.last_at, a.login, a.name, l.action, l.object, l.object_id, l.times
  FROM access_log l LEFT JOIN account a ON a.id = l.account
 WHERE l.object = 'person' AND l.object_id = $1
 ORDER BY 1 DESC LIMIT 200;

-- access_account(account int) -> (name text, role text)
SELECT name, role FROM account WHERE id = $1;

-- access_person_newest(person int) -> (request int)
-- unscoped: for an emergency, which is logged and reported
SELECT request FROM standing WHERE person = $1 ORDER BY received_at DESC, request DESC LIMIT 1;

-- request_place(request int) -> one (neighbourhood int?)
-- unscoped: for a request that is being written
SELECT neighbourhood FROM request WHERE id = $1;
