-- SPDX-License-Identifier: EUPL-1.2
-- The requests of one worker that are not closed, who asked first in front.

-- own_requests(worker int, max int) -> (request int, person int?, state text, urgency int, received_at time)
SELECT s.request, s.person, s.state, s.urgency, s.received_at
  FROM standing s
 WHERE s.worker = $1 AND s.worker IS NOT NULL AND s.ended_at IS NULL AND @visible(s)
 ORDER BY s.received_at, s.request LIMIT $2;

-- own_request_count(worker int) -> one (n int)
SELECT count(*) FROM standing s WHERE s.worker = $1 AND s.worker IS NOT NULL AND s.ended_at IS NULL AND @visible(s);
