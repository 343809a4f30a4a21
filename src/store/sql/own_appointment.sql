-- SPDX-License-Identifier: EUPL-1.2
-- The appointments of one worker.

-- own_appointments(worker int, since time) -> (request int, seq int, until time, recorded_at time)
SELECT e.request, e.seq, e.until, e.recorded_at
  FROM standing s JOIN event e ON e.request = s.request
 WHERE s.worker = $1 AND s.ended_at IS NULL AND e.kind = 'appointment' AND e.until >= $2 AND @visible(s)
   AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq)
 ORDER BY e.until, e.request, e.seq;
