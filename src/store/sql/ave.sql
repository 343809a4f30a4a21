-- SPDX-License-Identifier: EUPL-1.2
-- Open requests on a level of escalation (register/ave.h).

-- ave_open(team int?) -> (request int, person int?, team int?, worker int?, received_at time)
-- scan: walks the index of requests that were ever on a level of escalation, of which there are few
SELECT s.request, s.person, s.team, s.worker, s.received_at
  FROM standing s
 WHERE s.request IN (SELECT e.request FROM event e WHERE e.kind = 'ave_changed')
   AND s.ended_at IS NULL AND ($1 IS NULL OR s.team = $1) AND @visible(s)
 ORDER BY s.request;
