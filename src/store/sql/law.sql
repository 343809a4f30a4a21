-- SPDX-License-Identifier: EUPL-1.2
-- The legal track of requests: its projection, and the events that its terms are computed from.

-- law_put(request int, track text, stage text, reported_at time?, researched_at time?, account_at time?, letter_at time?,
--   ended_at time?, letter bool, running bool, asleep_until time?)
INSERT INTO law (request, track, stage, reported_at, researched_at, account_at, letter_at, ended_at, letter, running,
       asleep_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (request) DO UPDATE SET track = excluded.track, stage = excluded.stage, reported_at = excluded.reported_at,
       researched_at = excluded.researched_at, account_at = excluded.account_at, letter_at = excluded.letter_at,
       ended_at = excluded.ended_at, letter = excluded.letter, running = excluded.running,
       asleep_until = excluded.asleep_until;

-- law_awake()
-- scan: a term is set once in some years
-- unscoped: a write, checked by the register
-- The terms may be of another length from now on.
UPDATE law SET asleep_until = NULL WHERE running = 1;

-- application_clear(request int)
-- unscoped: a write, checked by the register
DELETE FROM application WHERE request = $1;

-- application_insert(request int, seq int, provision text, applied_at time, decided_at time?, result text?, notice_at time?,
--   objected_at time?, objection_decided_at time?)
INSERT INTO application (request, seq, provision, applied_at, decided_at, result, notice_at, objected_at, objection_decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- law_get(request int) -> (request int, track text, stage text, reported_at time?, researched_at time?, account_at time?,
--   letter_at time?, ended_at time?, letter bool, running bool, asleep_until time?)
-- unscoped: called for a request that request_get has checked, and by the check of the register
SELECT request, track, stage, reported_at, researched_at, account_at, letter_at, ended_at, letter, running, asleep_until
  FROM law WHERE request = $1;

-- application_all(request int) -> (seq int, provision text, applied_at time, decided_at time?, result text?, notice_at time?,
--   objected_at time?, objection_decided_at time?)
-- unscoped: called for a request that request_get has checked, and by the check of the register
SELECT seq, provision, applied_at, decided_at, result, notice_at, objected_at, objection_decided_at
  FROM application WHERE request = $1 ORDER BY seq;

-- law_letters(before time, team int?, max int) -> (request int, person int?, team int?, worker int?, reported_at time,
--   received_at time)
-- Reports made before that moment whose letter was not sent; oldest first.
SELECT l.request, s.person, s.team, s.worker, l.reported_at, s.received_at
  FROM law l JOIN standing s ON s.request = l.request
 WHERE l.letter = 1 AND l.reported_at < $1 AND ($2 IS NULL OR s.team = $2) AND @visible(s)
 ORDER BY l.reported_at, l.request LIMIT $3;

-- law_letter_count(before time) -> one (n int)
SELECT count(*) FROM law l JOIN standing s ON s.request = l.request
 WHERE l.letter = 1 AND l.reported_at < $1 AND @visible(s);

-- law_reports(since time, before time) -> (reported_at time, account_at time?, letter_at time?, ended_at time?)
SELECT l.reported_at, l.account_at, l.letter_at, l.ended_at
  FROM law l JOIN standing s ON s.request = l.request
 WHERE l.reported_at >= $1 AND l.reported_at < $2 AND @visible(s);

-- CROSS JOIN tells SQLite to begin with the few requests of the track, not with all events. Left out are the most frequent
-- kinds among those that law_replay passes over.
-- @define facts
SELECT e.request, s.person, s.team, s.worker, s.received_at, s.version, e.seq, e.kind, e.occurred_at, e.recorded_at, e.reason,
       e.until, e.number, e.object
  FROM law l CROSS JOIN standing s CROSS JOIN event e
 WHERE s.request = l.request AND e.request = l.request
   AND e.kind NOT IN ('registered', 'safety_checked', 'triaged', 'queued', 'call_reached', 'call_attempted', 'carer_asked',
                      'talk', 'evaluated', 'help_started', 'help_ended', 'areas_scored', 'plan_written', 'window_told')

-- What the terms of an application depend on.
-- @define of_applications
AND e.kind IN ('wmo_reported', 'applied', 'completion_asked', 'completed', 'suspended', 'runs_again', 'postponed', 'reviewed',
                  'extended', 'decided', 'default_notice', 'objected', 'objection_decided', 'penalty_paid', 'undone')

-- law_events_running(worker int?, before time, decides bool) -> (request int, person int?, team int?, worker int?, received_at time, version int,
--   seq int, kind text, occurred_at time, recorded_at time, reason text?, until time?, number int?, object int?)
-- scan: walks the index of the requests with a running term
-- Events of the requests with a term that may end before that moment, of one worker or of all that may be seen. Who does not
-- decide has nothing to do with requests that ended: what still runs then are the terms of decisions.
@facts
   AND l.running = 1 AND (l.asleep_until IS NULL OR l.asleep_until < $2) AND ($3 = 1 OR l.ended_at IS NULL)
   AND ($1 IS NULL OR s.worker = $1) AND @visible(s)
 ORDER BY e.request, e.seq;

-- law_events_open() like law_events_running
-- scan: walks the index of the requests with a running term
-- Events of the requests with an application or objection that is not decided.
@facts @of_applications
   AND l.running = 1 AND @visible(s)
   AND l.request IN (SELECT a.request FROM application a WHERE a.decided_at IS NULL
                     UNION SELECT b.request FROM application b WHERE b.objected_at IS NOT NULL AND b.objection_decided_at IS NULL)
 ORDER BY e.request, e.seq;

-- law_events_decided(since time, before time) like law_events_running
-- Events of the requests with a decision that was sent in that time.
@facts @of_applications
   AND l.request IN (SELECT a.request FROM application a WHERE a.decided_at >= $1 AND a.decided_at < $2) AND @visible(s)
 ORDER BY e.request, e.seq;

-- application_flow(since time) -> (applied_at time, decided_at time?)
-- scan: walks the index of the applications that are open
-- Applications that were open at some moment since then.
SELECT a.applied_at, a.decided_at FROM application a JOIN standing s ON s.request = a.request
 WHERE a.decided_at IS NULL AND @visible(s)
UNION ALL
SELECT a.applied_at, a.decided_at FROM application a JOIN standing s ON s.request = a.request
 WHERE a.decided_at >= $1 AND @visible(s);

-- application_calls(since time) -> (occurred_at time)
-- unscoped: moments of calls because a decision is late, nothing about anyone
SELECT c.occurred_at FROM contact c WHERE c.occurred_at >= $1 AND c.failure = 'decision_late' AND c.withdrawn = 0;
