-- SPDX-License-Identifier: EUPL-1.2
-- How the help of a request stands, and what is due.

-- care_lines(request int) -> (id int, seq int, kind text)
-- unscoped: called for a request that request_get has checked
SELECT id, seq, kind FROM help_line WHERE request = $1 ORDER BY seq;

-- care_plans(request int) -> (seq int, main text, evaluate_on date)
SELECT seq, main, evaluate_on FROM support_plan WHERE request = $1 ORDER BY seq;

-- care_put(request int, lines int, main text?, main_planned text?, direct text?, evaluate_on date?, referred_at time?,
--   helped_until time?)
INSERT INTO care (request, lines, main, main_planned, direct, evaluate_on, referred_at, helped_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (request) DO UPDATE SET lines = excluded.lines, main = excluded.main, main_planned = excluded.main_planned,
       direct = excluded.direct, evaluate_on = excluded.evaluate_on, referred_at = excluded.referred_at,
       helped_until = excluded.helped_until;

-- care_get(request int) -> (lines int, main text?, main_planned text?, direct text?, evaluate_on date?, referred_at time?,
--   helped_until time?)
SELECT lines, main, main_planned, direct, evaluate_on, referred_at, helped_until FROM care WHERE request = $1;

-- @define due
SELECT s.request, s.person, s.state, s.team, s.worker, s.received_at, s.ended_at, k.lines, k.main, k.evaluate_on, k.referred_at,
       k.helped_until
  FROM care k JOIN standing s ON s.request = k.request

-- due_evaluations(until date, worker int?, team int?, max int) -> (request int, person int?, state text, team int?, worker int?,
--   received_at time, ended_at time?, lines int, main text?, evaluate_on date?, referred_at time?, helped_until time?)
@due
 WHERE k.evaluate_on <= $1 AND ($2 IS NULL OR s.worker = $2) AND ($3 IS NULL OR s.team = $3) AND @visible(s)
 ORDER BY k.evaluate_on, k.request LIMIT $4;

-- due_arrivals(until time, worker int?, team int?, max int) like due_evaluations
@due
 WHERE k.referred_at <= $1 AND ($2 IS NULL OR s.worker = $2) AND ($3 IS NULL OR s.team = $3) AND @visible(s)
 ORDER BY k.referred_at, k.request LIMIT $4;

-- due_aftercare(until time, worker int?, team int?, max int) like due_evaluations
@due
 WHERE k.helped_until <= $1 AND ($2 IS NULL OR s.worker = $2) AND ($3 IS NULL OR s.team = $3) AND @visible(s)
 ORDER BY k.helped_until, k.request LIMIT $4;

-- due_counts(evaluate date, arrival time, aftercare time, worker int?, team int?) -> one (evaluations int, arrivals int,
--   aftercare int)
SELECT (SELECT count(*) FROM care k JOIN standing s ON s.request = k.request WHERE k.evaluate_on <= $1
          AND ($4 IS NULL OR s.worker = $4) AND ($5 IS NULL OR s.team = $5) AND @visible(s)),
       (SELECT count(*) FROM care k JOIN standing s ON s.request = k.request WHERE k.referred_at <= $2
          AND ($4 IS NULL OR s.worker = $4) AND ($5 IS NULL OR s.team = $5) AND @visible(s)),
       (SELECT count(*) FROM care k JOIN standing s ON s.request = k.request WHERE k.helped_until <= $3
          AND ($4 IS NULL OR s.worker = $4) AND ($5 IS NULL OR s.team = $5) AND @visible(s));
