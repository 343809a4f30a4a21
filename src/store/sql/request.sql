-- SPDX-License-Identifier: EUPL-1.2
-- Requests, their events, and how they stand.

-- request_insert(person int?, received_at time, recorded_at time, channel text?, route text?, category text?,
--   neighbourhood int?, source int?, source_key text?, question blob?) -> one (id int)
INSERT INTO request (person, received_at, recorded_at, channel, route, category, neighbourhood, source, source_key, question)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id;

-- request_get(request int) -> one (id int, person int?, received_at time, recorded_at time, channel text?, route text?,
--   category text?, neighbourhood int?, question blob?, version int, state text, waiting bool, team int?, worker int?,
--   urgency int, heard_at time, attempts int, listed bool, paused_at time?, started_at time?, ended_at time?, sealed bool,
--   merged int?, weight int?, accepted bool)
SELECT r.id, r.person, r.received_at, r.recorded_at, r.channel, r.route, r.category, r.neighbourhood, r.question,
       s.version, s.state, s.waiting, s.team, s.worker, s.urgency, s.heard_at, s.attempts, s.listed, s.paused_at,
       s.started_at, s.ended_at, s.sealed, s.merged, s.weight, s.accepted
  FROM request r JOIN standing s ON s.request = r.id
 WHERE r.id = $1 AND @visible(s);

-- request_by_source(source int, source_key text) -> (id int)
-- unscoped: finds a request that an import made before; only the import calls it
SELECT id FROM request WHERE source = $1 AND source_key = $2;

-- request_last() -> one (id int)
-- unscoped: a number, nothing about anyone
SELECT coalesce(max(id), 0) FROM request;

-- event_insert(request int, seq int, kind text, occurred_at time, recorded_at time, account int?, team int?, worker int?,
--   urgency int?, reason text?, until time?, activity text?, note blob?, number int?, object int?)
INSERT INTO event (request, seq, kind, occurred_at, recorded_at, account, team, worker, urgency, reason, until, activity, note,
                   number, object)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- event_all(request int) -> (seq int, kind text, occurred_at time, recorded_at time, account int?, team int?, worker int?,
--   urgency int?, reason text?, until time?, activity text?, note blob?, number int?, object int?, who text?)
-- In the order of recording, with the name of who recorded it.
-- unscoped: called for a request that request_get has checked
SELECT e.seq, e.kind, e.occurred_at, e.recorded_at, e.account, e.team, e.worker, e.urgency, e.reason, e.until, e.activity,
       e.note, e.number, e.object, a.name
  FROM event e LEFT JOIN account a ON a.id = e.account
 WHERE e.request = $1 ORDER BY e.seq;

-- standing_put(request int, version int, state text, waiting bool, person int?, team int?, neighbourhood int?, worker int?,
--   urgency int, received_at time, heard_at time, attempts int, listed bool, paused_at time?, started_at time?, ended_at time?,
--   sealed bool, office bool, merged int?, paused_until time?, call_at time?, called_at time?, urgent_at time?,
--   protected_at time?, wmo bool, bridge text?, bridged int, left_at time?, left_reason text?,
--   weight int?, accepted bool)
INSERT INTO standing (request, version, state, waiting, person, team, neighbourhood, worker, urgency, received_at, heard_at,
                      attempts, listed, paused_at, started_at, ended_at, sealed, office, merged, paused_until, call_at,
                      called_at, urgent_at, protected_at, wmo, bridge, bridged, left_at, left_reason, weight, accepted)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
        $26, $27, $28, $29, $30, $31)
ON CONFLICT (request) DO UPDATE SET version = excluded.version, state = excluded.state, waiting = excluded.waiting,
       team = excluded.team, worker = excluded.worker, urgency = excluded.urgency, heard_at = excluded.heard_at,
       attempts = excluded.attempts, listed = excluded.listed, paused_at = excluded.paused_at,
       started_at = excluded.started_at, ended_at = excluded.ended_at, sealed = excluded.sealed,
       office = excluded.office, merged = excluded.merged, paused_until = excluded.paused_until, call_at = excluded.call_at,
       called_at = excluded.called_at, urgent_at = excluded.urgent_at, protected_at = excluded.protected_at,
       wmo = excluded.wmo, bridge = excluded.bridge, bridged = excluded.bridged, left_at = excluded.left_at,
       left_reason = excluded.left_reason, weight = excluded.weight, accepted = excluded.accepted;
-- unscoped: a write, checked by the register

-- source_find(name text) -> (id int)
SELECT id FROM source WHERE name = $1;

-- source_insert(name text) -> one (id int)
INSERT INTO source (name) VALUES ($1) RETURNING id;

-- import_run_insert(source int, file text, recorded_at time, account int?, lines int, rejected int, requests int, events int)
INSERT INTO import_run (source, file, recorded_at, account, lines, rejected, requests, events)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- import_runs(most int) -> (recorded_at time, file text, who text?, calls int, lines int, rejected int, added int, events int?)
-- scan: a row for each file that was ever imported
-- unscoped: no residents, only how many lines a file had
SELECT i.recorded_at, i.file, a.name, i.calls, i.lines, i.rejected, i.added, i.events
  FROM (SELECT recorded_at, file, account, 0 AS calls, lines, rejected, requests AS added, events FROM import_run
        UNION ALL
        SELECT recorded_at, file, account, 1, lines, rejected, added, NULL FROM phone_import) i
  LEFT JOIN account a ON a.id = i.account
 ORDER BY i.recorded_at DESC LIMIT $1;
