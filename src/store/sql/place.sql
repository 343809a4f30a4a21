-- SPDX-License-Identifier: EUPL-1.2
-- Places and their opening plans.

-- @define from
SELECT p.id, p.version, p.kind, p.name, p.address, p.neighbourhood, p.team, p.partner, q.name, p.opened_on, p.closed_on
  FROM place p LEFT JOIN partner q ON q.id = p.partner

-- place_insert(version int, kind text, name text, address text?, neighbourhood int, team int, partner int?, opened_on date?)
--   -> one (id int)
INSERT INTO place (version, kind, name, address, neighbourhood, team, partner, opened_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id;

-- place_put(id int, version int, kind text, name text, address text?, neighbourhood int, team int, partner int?,
--   opened_on date?, closed_on date?)
UPDATE place SET version = $2, kind = $3, name = $4, address = $5, neighbourhood = $6, team = $7, partner = $8,
       opened_on = $9, closed_on = $10
 WHERE id = $1;

-- place_get(id int) -> one (id int, version int, kind text, name text, address text?, neighbourhood int, team int, partner int?,
--   partner_name text?, opened_on date?, closed_on date?)
@from
 WHERE p.id = $1;

-- place_all() -> (id int, version int, kind text, name text, address text?, neighbourhood int, team int, partner int?,
--   partner_name text?, opened_on date?, closed_on date?)
-- scan: the list shows all of them, some tens
@from
 ORDER BY p.kind, p.name;

-- place_plan_insert(place int, decided_on date, opens_on date?, why text?, recorded_at time, account int?)
INSERT INTO place_plan (place, seq, decided_on, opens_on, why, recorded_at, account)
SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6 FROM place_plan WHERE place = $1;

-- place_plan_all() -> (place int, seq int, decided_on date, opens_on date?, why text?, recorded_at time)
-- scan: planned versus open reads the plan of every place, some tens
SELECT place, seq, decided_on, opens_on, why, recorded_at FROM place_plan ORDER BY place, seq;

-- place_plan_of(place int) -> (place int, seq int, decided_on date, opens_on date?, why text?, recorded_at time)
SELECT place, seq, decided_on, opens_on, why, recorded_at FROM place_plan WHERE place = $1 ORDER BY seq;

-- place_break_insert(place int, first_day date, last_day date, name text) -> one (id int)
INSERT INTO place_break (place, first_day, last_day, name) VALUES ($1, $2, $3, $4) RETURNING id;

-- place_break_drop(id int, place int)
UPDATE place_break SET dropped = 1 WHERE id = $1 AND place = $2;

-- place_break_all() -> (id int, place int, first_day date, last_day date, name text)
-- scan: the sessions that are promised depend on the breaks of every place, some tens a year
SELECT id, place, first_day, last_day, name FROM place_break WHERE dropped = 0 ORDER BY place, first_day, id;

-- place_moves() -> (place int, kind text, occurred_at time)
-- When each place opened and closed, in that order.
SELECT object_id, kind, occurred_at FROM history
 WHERE object = 'place' AND kind IN ('opened', 'closed') ORDER BY object_id, occurred_at, seq;
