-- SPDX-License-Identifier: EUPL-1.2
-- Incidents (register/incident.h). They name nobody; who may see which is decided there.

-- incident_insert(keeper int, kind text, harm int, calamity bool, team int?, occurred_at time, found_at time,
--   recorded_at time, account int?, about blob?) -> one (id int)
INSERT INTO incident (keeper, kind, harm, calamity, team, occurred_at, found_at, recorded_at, account, about, version, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 'open') RETURNING id;

-- @define columns
SELECT i.id, i.keeper, i.kind, i.harm, i.calamity, i.team, i.occurred_at, i.found_at, i.recorded_at, i.account, i.about
  FROM incident i

-- incident_list_open(account int?, max int) -> (id int, keeper int, kind text, harm int, calamity bool, team int?,
--   occurred_at time, found_at time, recorded_at time, account int?, about blob?)
-- scan: walks the index of open incidents from the oldest, until the page is full
@columns
 WHERE i.closed_at IS NULL AND ($1 IS NULL OR i.account = $1)
 ORDER BY i.found_at, i.id LIMIT $2;

-- incident_list(from_at time, to_at time, account int?, max int) like incident_list_open
@columns
 WHERE i.found_at >= $1 AND i.found_at < $2 AND ($3 IS NULL OR i.account = $3)
 ORDER BY i.found_at DESC, i.id DESC LIMIT $4;

-- incident_get(id int) like incident_list_open
@columns
 WHERE i.id = $1;

-- incident_state(id int, version int, state text, told_at time?, closed_at time?)
UPDATE incident SET version = $2, state = $3, told_at = $4, closed_at = $5 WHERE id = $1;

-- incident_after(id int) -> (id int, calamity bool, version int, state text, told_at time?, closed_at time?)
SELECT id, calamity, version, state, told_at, closed_at FROM incident WHERE id > $1 ORDER BY id LIMIT 100;
