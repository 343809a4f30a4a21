-- SPDX-License-Identifier: EUPL-1.2
-- Groups: what is on offer, who takes part, who was there.

-- @define counts
SELECT g.id, g.version, g.name, g.kind, g.team, g.place, g.themes, g.capacity, g.starts_on, g.ends_on, g.stopped,
       (SELECT count(*) FROM participation p WHERE p.programme = g.id
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = p.request AND u.kind = 'undone' AND u.number = p.seq)),
       (SELECT count(*) FROM participation p WHERE p.programme = g.id
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = p.request AND u.kind = 'undone' AND u.number = p.seq)
           AND EXISTS (SELECT 1 FROM event x WHERE x.request = p.request AND x.seq > p.seq
                          AND ((p.bridge = 1 AND x.kind = 'bridge_ended' AND x.object = p.programme)
                            OR (p.bridge = 0 AND x.kind = 'help_ended' AND x.object = p.line)))),
       (SELECT count(*) FROM group_session n WHERE n.programme = g.id),
       (SELECT count(*) FROM attendance a WHERE a.programme = g.id AND a.present = 1)
  FROM group_programme g

-- group_insert(name text, kind text, team int?, place text, themes text, capacity int, starts_on date, ends_on date)
--   -> one (id int)
INSERT INTO group_programme (version, name, kind, team, place, themes, capacity, starts_on, ends_on, stopped)
VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, 0) RETURNING id;

-- group_update(id int, version int, name text, kind text, team int?, place text, themes text, capacity int, starts_on date,
--   ends_on date, stopped bool) -> (id int)
-- No row: someone else changed it.
UPDATE group_programme SET version = version + 1, name = $3, kind = $4, team = $5, place = $6, themes = $7, capacity = $8,
       starts_on = $9, ends_on = $10, stopped = $11
 WHERE id = $1 AND version = $2 RETURNING id;

-- group_get(id int) -> one (id int, version int, name text, kind text, team int?, place text, themes text, capacity int,
--   starts_on date, ends_on date, stopped bool, joined int, ended int, sessions int, present int)
-- unscoped: counts; nothing about anyone
@counts
 WHERE g.id = $1;

-- group_all() -> (id int, version int, name text, kind text, team int?, place text, themes text, capacity int,
--   starts_on date, ends_on date, stopped bool, joined int, ended int, sessions int, present int)
-- scan: the groups of an organisation are tens
-- unscoped: counts; nothing about anyone
@counts
 ORDER BY g.ends_on DESC, g.name, g.id;

-- group_people(programme int) -> (id int, request int, seq int, bridge bool, line int?, person int?, state text, team int?,
--   received_at time, since time, ended_at time?, end_reason text?, present int, sessions int)
SELECT p.id, p.request, p.seq, p.bridge, p.line, s.person, s.state, s.team, s.received_at, e.occurred_at, x.occurred_at, x.reason,
       (SELECT count(*) FROM attendance a WHERE a.participation = p.id AND a.present = 1),
       (SELECT count(*) FROM attendance a WHERE a.participation = p.id)
  FROM participation p
  JOIN standing s ON s.request = p.request
  JOIN event e ON e.request = p.request AND e.seq = p.seq
  LEFT JOIN event x ON x.request = p.request
       AND x.seq = (SELECT min(y.seq) FROM event y WHERE y.request = p.request AND y.seq > p.seq
                       AND ((p.bridge = 1 AND y.kind = 'bridge_ended' AND y.object = p.programme)
                         OR (p.bridge = 0 AND y.kind = 'help_ended' AND y.object = p.line)))
 WHERE p.programme = $1 AND @visible(s)
   AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = p.request AND u.kind = 'undone' AND u.number = p.seq)
 ORDER BY e.occurred_at, p.id;

-- participation_insert(programme int, request int, seq int, bridge bool, line int?) -> one (id int)
INSERT INTO participation (programme, request, seq, bridge, line) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- participation_of(request int) -> (id int, programme int, seq int, bridge bool, line int?, name text)
SELECT p.id, p.programme, p.seq, p.bridge, p.line, g.name
  FROM participation p JOIN group_programme g ON g.id = p.programme
 WHERE p.request = $1 ORDER BY p.id;

-- session_put(programme int, held_on date, guests int)
INSERT INTO group_session (programme, held_on, guests) VALUES ($1, $2, $3)
    ON CONFLICT (programme, held_on) DO UPDATE SET guests = excluded.guests;

-- attendance_put(programme int, held_on date, participation int, present bool)
INSERT INTO attendance (programme, held_on, participation, present) VALUES ($1, $2, $3, $4)
    ON CONFLICT (programme, held_on, participation) DO UPDATE SET present = excluded.present;

-- session_all(programme int) -> (held_on date, guests int, present int, absent int)
SELECT n.held_on, n.guests,
       (SELECT count(*) FROM attendance a WHERE a.programme = n.programme AND a.held_on = n.held_on AND a.present = 1),
       (SELECT count(*) FROM attendance a WHERE a.programme = n.programme AND a.held_on = n.held_on AND a.present = 0)
  FROM group_session n
 WHERE n.programme = $1 ORDER BY n.held_on DESC;

-- @define candidate
SELECT s.request, s.person, s.state, s.urgency, s.team, s.received_at, r.category
  FROM standing s JOIN request r ON r.id = s.request

-- group_candidates(programme int, team int?, max int) -> (request int, person int?, state text, urgency int, team int?,
--   received_at time, category text?)
-- scan: walks the index of those who wait, in order, until there are enough
-- Who waits, does not take part in this group, and did not stop with it.
@candidate
 WHERE s.waiting = 1 AND ($2 IS NULL OR s.team = $2) AND @visible(s)
   AND NOT EXISTS (SELECT 1 FROM participation p WHERE p.programme = $1 AND p.request = s.request
          AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = p.request AND u.kind = 'undone' AND u.number = p.seq))
 ORDER BY s.urgency DESC, s.received_at, s.request LIMIT $3;
