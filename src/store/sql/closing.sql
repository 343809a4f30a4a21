-- SPDX-License-Identifier: EUPL-1.2
-- What closing adds to its event.

-- closing_insert(request int, seq int, where_to text, alone text, experience text, main_planned text?, main_closed text?,
--   rule int, direct text)
INSERT INTO closing (request, seq, where_to, alone, experience, main_planned, main_closed, rule, direct)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- closing_all(request int) -> (seq int, where_to text, alone text, experience text, main_planned text?, main_closed text?,
--   rule int, direct text)
SELECT seq, where_to, alone, experience, main_planned, main_closed, rule, direct FROM closing WHERE request = $1 ORDER BY seq;

-- again_closed(person int, received_at time, since time) -> (request int, received_at time, ended_at time)
SELECT s.request, s.received_at, s.ended_at
  FROM standing s
 WHERE s.person = $1 AND s.ended_at <= $2 AND s.ended_at >= $3 AND @visible(s)
 ORDER BY s.ended_at DESC LIMIT 1;

-- again_asked(person int, request int, ended_at time) -> (request int, received_at time)
SELECT s.request, s.received_at
  FROM standing s
 WHERE s.person = $1 AND s.request > $2 AND s.received_at >= $3 AND @visible(s)
 ORDER BY s.received_at, s.request LIMIT 1;
