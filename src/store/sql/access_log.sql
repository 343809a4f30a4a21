-- SPDX-License-Identifier: EUPL-1.2
-- Who looked at what (store/read_log.h).

-- access_log_insert(first_at time, last_at time, account int?, action text, object text, object_id int?, times int)
INSERT INTO access_log (first_at, last_at, account, action, object, object_id, times) VALUES ($1, $2, $3, $4, $5, $6, $7);
