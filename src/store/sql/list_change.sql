-- SPDX-License-Identifier: EUPL-1.2
-- What changed on a waiting list, as somebody wrote down.

-- list_change_insert(team int?, what text, from_day date, note text, recorded_at time, account int?) -> one (id int)
INSERT INTO list_change (team, what, from_day, note, recorded_at, account) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- list_change_undo(list_change int, recorded_at time, account int?)
INSERT INTO list_change_undone (list_change, recorded_at, account) VALUES ($1, $2, $3) ON CONFLICT (list_change) DO NOTHING;

-- list_change_all() -> (id int, team int?, what text, from_day date, note text, recorded_at time, who text?, undone_at time?)
-- scan: some tens of changes
SELECT l.id, l.team, l.what, l.from_day, l.note, l.recorded_at, a.name, u.recorded_at
  FROM list_change l LEFT JOIN account a ON a.id = l.account LEFT JOIN list_change_undone u ON u.list_change = l.id
 ORDER BY l.from_day DESC, l.id DESC;
