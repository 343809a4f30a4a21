-- SPDX-License-Identifier: EUPL-1.2
-- Open cases of a worker or of the workers of a team, with the events that say when there was contact.

-- caseload_cases(worker int) -> (request int, version int, person int?, state text, urgency int, team int?, worker int, weight int?,
--   accepted bool, received_at time, started_at time?, evaluate_on date?)
SELECT s.request, s.version, s.person, s.state, s.urgency, s.team, s.worker, s.weight, s.accepted, s.received_at, s.started_at,
       k.evaluate_on
  FROM standing s LEFT JOIN care k ON k.request = s.request
 WHERE s.worker = $1 AND s.ended_at IS NULL AND @visible(s)
 ORDER BY s.received_at, s.request;

-- caseload_team_cases(team int) like caseload_cases
SELECT s.request, s.version, s.person, s.state, s.urgency, s.team, s.worker, s.weight, s.accepted, s.received_at, s.started_at,
       k.evaluate_on
  FROM worker w JOIN standing s ON s.worker = w.id LEFT JOIN care k ON k.request = s.request
 WHERE w.team = $1 AND s.ended_at IS NULL AND @visible(s)
 ORDER BY s.received_at, s.request;

-- caseload_shared(worker int) like caseload_cases
-- Cases of others in which this worker takes part.
SELECT s.request, s.version, s.person, s.state, s.urgency, s.team, s.worker, s.weight, s.accepted, s.received_at, s.started_at,
       a.evaluate_on
  FROM co_worker k JOIN standing s ON s.request = k.request LEFT JOIN care a ON a.request = s.request
 WHERE k.worker = $1 AND k.ended_at IS NULL AND s.ended_at IS NULL AND @visible(s)
 ORDER BY s.received_at, s.request;

-- caseload_events(worker int) => (request int, seq int, kind text, occurred_at time, worker int?, number int?, object int?,
--   until time?)
SELECT e.request, e.seq, e.kind, e.occurred_at, e.worker, e.number, e.object, e.until
  FROM standing s JOIN event e ON e.request = s.request
 WHERE s.worker = $1 AND s.ended_at IS NULL AND @visible(s)
 ORDER BY e.request, e.seq;

-- caseload_team_events(team int) like caseload_events
-- Only what says when something is due.
SELECT e.request, e.seq, e.kind, e.occurred_at, e.worker, e.number, e.object, e.until
  FROM worker w JOIN standing s ON s.worker = w.id JOIN event e ON e.request = s.request
 WHERE w.team = $1 AND s.ended_at IS NULL AND @visible(s)
   AND e.kind IN ('appointment', 'plan_agreed', 'help_started', 'evaluated', 'continued', 'undone')
 ORDER BY e.request, e.seq;

-- caseload_shared_events(worker int) like caseload_events
SELECT e.request, e.seq, e.kind, e.occurred_at, e.worker, e.number, e.object, e.until
  FROM co_worker k JOIN standing s ON s.request = k.request JOIN event e ON e.request = s.request
 WHERE k.worker = $1 AND k.ended_at IS NULL AND s.ended_at IS NULL AND @visible(s)
 ORDER BY e.request, e.seq;

-- caseload_left(team int?, day date) -> (request int, worker int)
-- Open cases whose worker has left: nobody may be here.
SELECT s.request, s.worker
  FROM standing s JOIN worker w ON w.id = s.worker
 WHERE s.ended_at IS NULL AND s.worker > 0 AND w.ended_on < $2 AND ($1 IS NULL OR w.team = $1) AND @visible(s)
 ORDER BY s.request;

-- caseload_to_tell(since time) -> (request int, person int?, worker int, worker_name text, received_at time, changed_at time)
-- Residents whose worker changed and who have not been told since.
SELECT s.request, s.person, s.worker, w.name, s.received_at, max(e.occurred_at)
  FROM event e CROSS JOIN standing s CROSS JOIN worker w
 WHERE e.kind = 'worker_changed' AND e.occurred_at >= $1 AND s.request = e.request AND w.id = s.worker
   AND s.ended_at IS NULL AND s.worker > 0 AND @visible(s)
   AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq)
   AND NOT EXISTS (SELECT 1 FROM event i WHERE i.request = e.request AND i.kind = 'informed' AND i.reason = 'worker'
                      AND i.seq > e.seq AND NOT EXISTS (SELECT 1 FROM event t WHERE t.request = i.request
                                                           AND t.kind = 'undone' AND t.number = i.seq))
 GROUP BY s.request, s.person, s.worker, w.name, s.received_at
 ORDER BY max(e.occurred_at), s.request;

-- continuity_events(team int?, since time) => (request int, seq int, kind text, occurred_at time, worker int?, number int?)
-- scan: every request that started in the period is counted
-- unscoped: counted, names nobody
SELECT e.request, e.seq, e.kind, e.occurred_at, e.worker, e.number
  FROM standing s JOIN event e ON e.request = s.request
 WHERE s.started_at >= $2 AND ($1 IS NULL OR s.team = $1)
   AND e.kind IN ('allocated', 'given_back', 'worker_changed', 'first_talk', 'talk', 'evaluated', 'undone')
 ORDER BY e.request, e.seq;

-- work_split_counts(team int?, since time, before time) -> (month text, kind text, reason text?, n int)
-- scan: the events of a team in a period are counted
-- unscoped: counted, names nobody
SELECT substr(e.occurred_at, 1, 7), e.kind, e.reason, count(*)
  FROM standing s JOIN event e ON e.request = s.request
 WHERE ($1 IS NULL OR s.team = $1) AND e.occurred_at >= $2 AND e.occurred_at < $3
   AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq)
 GROUP BY substr(e.occurred_at, 1, 7), e.kind, e.reason
 ORDER BY 1, 2, 3;
