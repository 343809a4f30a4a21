-- SPDX-License-Identifier: EUPL-1.2
-- What must be computed again from the events.

-- projection_get(name text) -> one (stale bool)
SELECT stale FROM projection WHERE name = $1;

-- projection_put(name text, stale bool)
UPDATE projection SET stale = $2 WHERE name = $1;

-- request_after(request int) -> (id int, person int?, neighbourhood int?)
-- unscoped: the upgrade computes every request again, a thousand at a time
SELECT id, person, neighbourhood FROM request WHERE id > $1 ORDER BY id LIMIT 1000;
