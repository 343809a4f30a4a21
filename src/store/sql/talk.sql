-- SPDX-License-Identifier: EUPL-1.2
-- What a talk adds to its event.

-- talk_insert(request int, seq int, place text, present int, next_step blob?)
INSERT INTO talk (request, seq, place, present, next_step) VALUES ($1, $2, $3, $4, $5);

-- talk_all(request int) -> (seq int, place text, present int, next_step blob?)
SELECT seq, place, present, next_step FROM talk WHERE request = $1 ORDER BY seq;

-- supporter_counts(from_time time, to_time time) -> (kind text?, requests int)
-- unscoped: numbers, nothing about anyone
SELECT e.reason, count(DISTINCT e.request)
  FROM event e
 WHERE e.kind = 'supporter_used' AND e.occurred_at >= $1 AND e.occurred_at < $2
   AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq)
 GROUP BY e.reason;
