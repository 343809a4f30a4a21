-- SPDX-License-Identifier: EUPL-1.2
-- What measuring reads: one row a request, numbers and codes, no persons.

-- extract_size() -> one (requests int)
-- scan: counts everything
-- unscoped: a number, nothing about anyone
SELECT count(*) FROM request;

-- extract_requests(at time) => (id int, received_at time, recorded_at time, channel text?, route text?, category text?,
--   neighbourhood int?)
-- scan: every request is counted
-- unscoped: the extract names nobody; figures are about everyone
SELECT r.id, r.received_at, r.recorded_at, r.channel, r.route, r.category, r.neighbourhood
  FROM request r
 WHERE r.received_at <= $1
 ORDER BY r.id;

-- extract_request(at time, id int) like extract_requests
-- unscoped: the extract names nobody; figures are about everyone
SELECT r.id, r.received_at, r.recorded_at, r.channel, r.route, r.category, r.neighbourhood
  FROM request r
 WHERE r.id = $2 AND r.received_at <= $1;

-- extract_events(at time, known time) => (request int, seq int, kind text, occurred_at time, team int?, urgency int?, reason text?,
--   activity text?, number int?, object int?, worker int?, until time?)
-- scan: every event is counted
-- unscoped: the extract names nobody; figures are about everyone
SELECT request, seq, kind, occurred_at, team, urgency, reason, activity, number, object, worker, until
  FROM event WHERE occurred_at <= $1 OR (kind = 'undone' AND occurred_at <= $2) ORDER BY request, seq;

-- extract_events_of(at time, known time, request int) like extract_events
-- unscoped: the extract names nobody; figures are about everyone
SELECT request, seq, kind, occurred_at, team, urgency, reason, activity, number, object, worker, until
  FROM event WHERE request = $3 AND (occurred_at <= $1 OR (kind = 'undone' AND occurred_at <= $2)) ORDER BY seq;

-- extract_versions() => (request int, version int)
-- How many events each request has: what of it was read is compared with that (register/extract_live.h).
-- scan: every request is looked at
-- unscoped: numbers, nothing about anyone
SELECT request, version FROM standing ORDER BY request;
