-- SPDX-License-Identifier: EUPL-1.2
-- Expected periods that were told.

-- told_window_insert(request int, seq int, from_day date, middle_day date, to_day date, made_on date, hit_rate int, scored int,
--   channel text, understood text?)
INSERT INTO told_window (request, seq, from_day, middle_day, to_day, made_on, hit_rate, scored, channel, understood)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- told_window_all(request int) -> (seq int, from_day date, middle_day date, to_day date, made_on date, hit_rate int, scored int,
--   channel text, understood text?)
-- unscoped: called for a request that request_get has checked
SELECT seq, from_day, middle_day, to_day, made_on, hit_rate, scored, channel, understood
  FROM told_window WHERE request = $1 ORDER BY seq;

-- told_now_put(request int, seq int, times int)
-- unscoped: a write, checked by the register
INSERT INTO told_now (request, seq, times) VALUES ($1, $2, $3)
ON CONFLICT (request) DO UPDATE SET seq = excluded.seq, times = excluded.times;

-- told_now_get(request int) -> (seq int, times int)
-- unscoped: the check compares every request
SELECT seq, times FROM told_now WHERE request = $1;

-- told_waiting(team int?) -> (request int, person int?, urgency int, team int?, state text, received_at time, seq int, times int,
--   occurred_at time, until time?, number int?, from_day date?, middle_day date?, to_day date?, made_on date?, hit_rate int?,
--   scored int?, channel text?, understood text?)
-- scan: walks those who wait, who have an index of their own (+ 0: else SQLite walks all requests in this order)
-- The period that holds now, of everyone who waits and was told one.
SELECT s.request, s.person, s.urgency, s.team, s.state, s.received_at, n.seq, n.times, e.occurred_at, e.until, e.number,
       w.from_day, w.middle_day, w.to_day, w.made_on, w.hit_rate, w.scored, w.channel, w.understood
  FROM standing s
  JOIN told_now n ON n.request = s.request AND n.seq > 0
  JOIN event e ON e.request = n.request AND e.seq = n.seq
  LEFT JOIN told_window w ON w.request = n.request AND w.seq = n.seq
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s)
 ORDER BY s.request + 0;

-- told_facts(team int?) -> (request int, person int?, urgency int, team int?, received_at time)
-- scan: walks those who wait, who have an index of their own (+ 0: else SQLite walks all requests in this order)
-- Everyone who waits.
SELECT s.request, s.person, s.urgency, s.team, s.received_at
  FROM standing s
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s)
 ORDER BY s.request + 0;
