-- SPDX-License-Identifier: EUPL-1.2
-- Open requests on a level of escalation (register/ave.h).

-- ave_steps(team int?) -> (request int, person int?, team int?, worker int?, received_at time, seq int, kind text,
--   occurred_at time, owner int?, owner_name text?, number int?, until time?, reason text?, activity text?)
-- scan: walks the index of requests that were ever on a level of escalation, of which there are few
-- Each change of level of the open requests, and what was taken back in them.
SELECT e.request, s.person, s.team, s.worker, s.received_at, e.seq, e.kind, e.occurred_at, e.worker, w.name, e.number, e.until,
       e.reason, e.activity
  FROM event x CROSS JOIN standing s CROSS JOIN event e LEFT JOIN worker w ON w.id = e.worker
 WHERE x.kind IN ('ave_changed', 'undone') AND s.request = x.request
   AND s.ended_at IS NULL AND ($1 IS NULL OR s.team = $1) AND @visible(s)
   AND e.request = x.request AND e.seq = x.seq
 ORDER BY x.request, x.seq;
