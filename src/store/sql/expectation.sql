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

-- expectation_workers(known time) -> (worker int, version int, recorded_at time?, team int?, started_on date?, ended_on date?,
--   room int?)
-- scan: some hundreds of workers
-- Every version up to then; a worker of an import has none and comes as it stands.
SELECT w.id, coalesce(v.version, 0), v.recorded_at, CASE WHEN v.version IS NULL THEN w.team ELSE v.team END,
       CASE WHEN v.version IS NULL THEN w.started_on ELSE v.started_on END,
       CASE WHEN v.version IS NULL THEN w.ended_on ELSE v.ended_on END, CASE WHEN v.version IS NULL THEN w.room ELSE v.room END
  FROM worker w LEFT JOIN worker_version v ON v.worker = w.id
 WHERE v.recorded_at IS NULL OR v.recorded_at <= $1
 ORDER BY w.id, coalesce(v.version, 0);

-- expectation_hours(known time) -> (worker int, from_day date, fte int)
-- scan: the hours of all who work here, a few rows each
SELECT worker, from_day, fte FROM worker_fte WHERE recorded_at <= $1 ORDER BY worker, from_day, seq;

-- expectation_absences(known time) -> (absence int, worker int, version int, recorded_at time, kind text, from_day date,
--   until_day date?, ended_day date?, removed bool)
-- scan: every version of every absence
SELECT a.id, a.worker, v.version, v.recorded_at, v.kind, v.from_day, v.until_day, v.ended_day, v.removed
  FROM absence a JOIN absence_version v ON v.absence = a.id
 WHERE v.recorded_at <= $1
 ORDER BY a.worker, a.id, v.version;

-- ── How often periods were right ──

-- calibration_insert(list int, origin date, seq int, made_at time, requests int, way text, origins int, withdrawals int,
--   withdrawn_on date?)
INSERT INTO calibration (list, origin, seq, made_at, requests, way, origins, withdrawals, withdrawn_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- calibration_stream_insert(list int, origin date, seq int, stream int, low real, high real, hit real?, n int, origins int,
--   told bool, reason text)
INSERT INTO calibration_stream (list, origin, seq, stream, low, high, hit, n, origins, told, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- calibration_score_insert(list int, origin date, seq int, stream int, kind text, n int, coverage real?, early real?, late real?,
--   width real?, bias real?, absolute real?, pinball real?, crps real?)
INSERT INTO calibration_score (list, origin, seq, stream, kind, n, coverage, early, late, width, bias, absolute, pinball, crps)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- calibration_last(list int, day date) -> (origin date, seq int, made_at time, requests int, way text, origins int, withdrawals int,
--   withdrawn_on date?)
-- The newest that had been made of the days up to this one.
SELECT origin, seq, made_at, requests, way, origins, withdrawals, withdrawn_on
  FROM calibration WHERE list = $1 AND origin <= $2 ORDER BY origin DESC, seq DESC LIMIT 1;

-- calibration_streams(list int, origin date, seq int) -> (stream int, low real, high real, hit real?, n int, origins int,
--   told bool, reason text)
SELECT stream, low, high, hit, n, origins, told, reason FROM calibration_stream
 WHERE list = $1 AND origin = $2 AND seq = $3 ORDER BY stream;

-- calibration_scores(list int, origin date, seq int) -> (stream int, kind text, n int, coverage real?, early real?, late real?,
--   width real?, bias real?, absolute real?, pinball real?, crps real?)
SELECT stream, kind, n, coverage, early, late, width, bias, absolute, pinball, crps FROM calibration_score
 WHERE list = $1 AND origin = $2 AND seq = $3 ORDER BY stream, kind;

-- ── The expectation as it was made last ──

-- expectation_put(list int, day date, made_at time, waiting int, way text)
INSERT INTO expectation (list, day, made_at, waiting, way) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (list) DO UPDATE SET day = excluded.day, made_at = excluded.made_at, waiting = excluded.waiting, way = excluded.way;

-- expectation_lists() -> (list int, day date, made_at time, waiting int, way text)
-- scan: a row a team
SELECT list, day, made_at, waiting, way FROM expectation ORDER BY list;

-- expectation_drop(list int)
DELETE FROM expectation WHERE list = $1;

-- expected_of_list(list int) -> (request int, stream int, state text, from_day date?, middle_day date?, to_day date?,
--   hit_rate int?, scored int?)
-- unscoped: compared with what was made now; nobody sees it
SELECT request, stream, state, from_day, middle_day, to_day, hit_rate, scored FROM expected WHERE list = $1 ORDER BY request;

-- expected_put(request int, list int, stream int, state text, from_day date?, middle_day date?, to_day date?, hit_rate int?,
--   scored int?)
-- unscoped: a write, checked by the caller
INSERT INTO expected (request, list, stream, state, from_day, middle_day, to_day, hit_rate, scored)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (request) DO UPDATE SET list = excluded.list, stream = excluded.stream, state = excluded.state,
       from_day = excluded.from_day, middle_day = excluded.middle_day, to_day = excluded.to_day, hit_rate = excluded.hit_rate,
       scored = excluded.scored;

-- expected_drop(request int)
-- unscoped: a write, checked by the caller
DELETE FROM expected WHERE request = $1;

-- expected_get(request int) -> (list int, stream int, state text, from_day date?, middle_day date?, to_day date?, hit_rate int?,
--   scored int?, day date, urgency int, now_team int?, waiting bool)
SELECT e.list, e.stream, e.state, e.from_day, e.middle_day, e.to_day, e.hit_rate, e.scored, x.day, s.urgency, s.team, s.waiting
  FROM standing s JOIN expected e ON e.request = s.request JOIN expectation x ON x.list = e.list
 WHERE s.request = $1 AND @visible(s);

-- expected_waiting(team int?) -> (request int, list int, stream int, state text, from_day date?, middle_day date?, to_day date?,
--   hit_rate int?, scored int?, day date, urgency int, wmo bool)
-- scan: walks those who wait, who have an index of their own (+ 0: else SQLite walks all requests in this order)
SELECT s.request, e.list, e.stream, e.state, e.from_day, e.middle_day, e.to_day, e.hit_rate, e.scored, x.day, s.urgency, s.wmo
  FROM standing s JOIN expected e ON e.request = s.request JOIN expectation x ON x.list = e.list
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s)
 ORDER BY s.request + 0;

-- expected_newcomer_drop(list int)
DELETE FROM expected_newcomer WHERE list = $1;

-- expected_newcomer_insert(list int, stream int, state text, from_day date?, middle_day date?, to_day date?, hit_rate int?,
--   scored int?)
INSERT INTO expected_newcomer (list, stream, state, from_day, middle_day, to_day, hit_rate, scored)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- expected_newcomers(list int) -> (stream int, state text, from_day date?, middle_day date?, to_day date?, hit_rate int?,
--   scored int?, day date)
SELECT n.stream, n.state, n.from_day, n.middle_day, n.to_day, n.hit_rate, n.scored, x.day
  FROM expected_newcomer n JOIN expectation x ON x.list = n.list WHERE n.list = $1 ORDER BY n.stream;

-- expected_size_drop(list int)
DELETE FROM expected_size WHERE list = $1;

-- expected_size_insert(list int, day date, p10 real, p25 real, p50 real, p75 real, p90 real)
INSERT INTO expected_size (list, day, p10, p25, p50, p75, p90) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- expected_sizes(list int) -> (day date, p10 real, p25 real, p50 real, p75 real, p90 real)
SELECT day, p10, p25, p50, p75, p90 FROM expected_size WHERE list = $1 ORDER BY day;

-- expected_driver_drop(list int)
DELETE FROM expected_driver WHERE list = $1;

-- expected_driver_insert(list int, name text, value real)
INSERT INTO expected_driver (list, name, value) VALUES ($1, $2, $3);

-- expected_drivers(list int) -> (name text, value real)
SELECT name, value FROM expected_driver WHERE list = $1 ORDER BY name;
