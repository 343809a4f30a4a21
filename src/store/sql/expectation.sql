-- SPDX-License-Identifier: EUPL-1.2
-- What forecasting reads: moments and codes, with when each was written down. What a file of an import tells counts as known
-- when it happened. Persons are not read.

-- expectation_size(known time) -> one (requests int)
-- scan: counts everything
-- unscoped: a number, nothing about anyone
SELECT count(*) FROM request WHERE CASE WHEN source IS NULL THEN recorded_at ELSE received_at END <= $1;

-- expectation_events(known time) => (request int, seq int, kind text, occurred_at time, known_at time, team int?, urgency int?,
--   reason text?, worker int?, object int?, number int?, until time?)
-- scan: every step that moves a request is read
-- unscoped: the forecast names nobody; it is about everyone
SELECT e.request, e.seq, e.kind, e.occurred_at, CASE WHEN r.source IS NULL THEN e.recorded_at ELSE e.occurred_at END,
       e.team, e.urgency, e.reason, e.worker, e.object, e.number, e.until
  FROM request r JOIN event e ON e.request = r.id
 WHERE CASE WHEN r.source IS NULL THEN e.recorded_at ELSE e.occurred_at END <= $1
   AND (e.team IS NOT NULL OR e.kind IN ('registered', 'triaged', 'queued', 'paused', 'resumed', 'allocated', 'given_back',
        'worker_changed', 'first_talk', 'plan_agreed', 'help_started', 'evaluated', 'continued', 'merged', 'redirected', 'closed',
        'wmo_reported', 'undone'))
 ORDER BY e.request, e.seq;

-- expectation_workers(known time) -> (worker int, version int, recorded_at time?, team int?, started_on date?, ended_on date?)
-- scan: some hundreds of workers
-- Every version up to then; a worker of an import has none and comes as it stands.
SELECT w.id, coalesce(v.version, 0), v.recorded_at, CASE WHEN v.version IS NULL THEN w.team ELSE v.team END,
       CASE WHEN v.version IS NULL THEN w.started_on ELSE v.started_on END,
       CASE WHEN v.version IS NULL THEN w.ended_on ELSE v.ended_on END
  FROM worker w LEFT JOIN worker_version v ON v.worker = w.id
 WHERE v.recorded_at IS NULL OR v.recorded_at <= $1
 ORDER BY w.id, coalesce(v.version, 0);

-- expectation_absences(known time) -> (absence int, worker int, version int, recorded_at time, kind text, from_day date,
--   until_day date?, ended_day date?, removed bool)
-- scan: every version of every absence
SELECT a.id, a.worker, v.version, v.recorded_at, v.kind, v.from_day, v.until_day, v.ended_day, v.removed
  FROM absence a JOIN absence_version v ON v.absence = a.id
 WHERE v.recorded_at <= $1
 ORDER BY a.worker, a.id, v.version;
