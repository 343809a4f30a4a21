-- SPDX-License-Identifier: EUPL-1.2
-- Complaints (register/complaint.h). Who may see which is decided there: the predicate of requests does not fit,
-- because a complaint about a worker must not be seen by that worker's team while it runs.

-- complaint_insert(keeper int, request int?, regime text, category text, channel text?, serious bool, team int?,
--   worker int?, received_at time, recorded_at time, account int?, about blob?) -> one (id int)
INSERT INTO complaint (keeper, request, regime, category, channel, serious, team, worker, received_at, recorded_at, account,
                       about, version, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 'open') RETURNING id;

-- @define columns
SELECT p.id, p.keeper, p.request, p.regime, p.category, p.channel, p.serious, p.team, p.worker, p.received_at,
       p.recorded_at, p.version, p.state, p.committee, p.outcome, p.handler, p.closed_at
  FROM complaint p

-- complaint_get(id int) -> one (id int, keeper int, request int?, regime text, category text, channel text?, serious bool,
--   team int?, worker int?, received_at time, recorded_at time, version int, state text, committee text?, outcome text?,
--   handler int?, closed_at time?, about blob?, handler_name text?, worker_name text?)
-- unscoped: the register decides who sees which complaint
SELECT p.id, p.keeper, p.request, p.regime, p.category, p.channel, p.serious, p.team, p.worker, p.received_at,
       p.recorded_at, p.version, p.state, p.committee, p.outcome, p.handler, p.closed_at, p.about, a.name, w.name
  FROM complaint p LEFT JOIN account a ON a.id = p.handler LEFT JOIN worker w ON w.id = p.worker
 WHERE p.id = $1;

-- complaint_list_open(category text?, regime text?, max int, skip int) -> (id int, keeper int, request int?, regime text,
--   category text, channel text?, serious bool, team int?, worker int?, received_at time, recorded_at time, version int,
--   state text, committee text?, outcome text?, handler int?, closed_at time?)
-- scan: walks the index of open complaints from the oldest, until the page is full
-- unscoped: the register decides who sees which complaint
@columns
 WHERE p.closed_at IS NULL AND ($1 IS NULL OR p.category = $1) AND ($2 IS NULL OR p.regime = $2)
 ORDER BY p.received_at, p.id LIMIT $3 OFFSET $4;

-- complaint_list_between(from_at time, to_at time, category text?, regime text?, team int?, closed bool, max int,
--   skip int) like complaint_list_open
-- Received in a period, the newest first; closed: only those that are closed.
-- unscoped: the register decides who sees which complaint
@columns
 WHERE p.received_at >= $1 AND p.received_at < $2 AND ($3 IS NULL OR p.category = $3) AND ($4 IS NULL OR p.regime = $4)
   AND ($5 IS NULL OR p.team = $5) AND ($6 = 0 OR p.closed_at IS NOT NULL)
 ORDER BY p.received_at DESC, p.id DESC LIMIT $7 OFFSET $8;

-- complaint_about(worker int, max int) like complaint_list_open
-- What a worker is told of complaints about them (Awb 9:9).
-- unscoped: the worker's own
@columns
 WHERE p.worker = $1 ORDER BY p.received_at DESC, p.id DESC LIMIT $2;

-- complaint_state(id int, version int, state text, category text, committee text?, outcome text?, handler int?,
--   closed_at time?)
-- unscoped: a write, checked by the register
UPDATE complaint SET version = $2, state = $3, category = $4, committee = $5, outcome = $6, handler = $7, closed_at = $8
 WHERE id = $1;

-- complaint_handlers() -> (id int, name text, worker int?)
-- scan: a few accounts, for a list to choose from
SELECT id, name, worker FROM account WHERE role = 'complaints' AND active = 1 ORDER BY name, id;

-- complaint_after(id int) -> (id int, version int, state text, category text, committee text?, outcome text?, handler int?,
--   closed_at time?)
-- unscoped: the check compares every complaint with its steps, a hundred at a time
SELECT id, version, state, category, committee, outcome, handler, closed_at FROM complaint WHERE id > $1 ORDER BY id LIMIT 100;
