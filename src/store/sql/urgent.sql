-- SPDX-License-Identifier: EUPL-1.2
-- Emergencies without a first talk.

-- urgent_all() -> (request int, person int?, version int, state text, team int?, neighbourhood int?, worker int?,
--   received_at time, urgent_at time, protected_at time?, worker_name text?)
SELECT s.request, s.person, s.version, s.state, s.team, s.neighbourhood, s.worker, s.received_at, s.urgent_at, s.protected_at,
       w.name
  FROM standing s LEFT JOIN worker w ON w.id = s.worker
 WHERE s.waiting = 1 AND s.urgent_at > '' AND @visible(s)
 ORDER BY s.urgent_at, s.request LIMIT 500;

-- urgent_open() -> (request int, urgent_at time)
-- Those for whom nothing was done yet.
SELECT s.request, s.urgent_at
  FROM standing s
 WHERE s.waiting = 1 AND s.urgent_at > '' AND s.protected_at IS NULL AND @visible(s)
 ORDER BY s.urgent_at, s.request LIMIT 500;
