-- SPDX-License-Identifier: EUPL-1.2
-- Who looked at what (store/read_log.h).

-- access_log_insert(first_at time, last_at time, account int?, action text, object text, object_id int?, times int)
INSERT INTO access_log (first_at, last_at, account, action, object, object_id, times) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- access_log_of(object text, object_id int) -> (first_at time, last_at time, login text?, name text?, action text, times int)
SELECT l.first_at, l.last_at, a.login, a.name, l.action, l.times
  FROM access_log l LEFT JOIN account a ON a.id = l.account
 WHERE l.object = $1 AND l.object_id = $2 ORDER BY l.id DESC LIMIT 200;
