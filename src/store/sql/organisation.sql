-- SPDX-License-Identifier: EUPL-1.2
-- Teams, neighbourhoods, workers, settings, closing days.

-- team_all() -> (id int, name text)
-- scan: a few rows of configuration, read once in five seconds
SELECT id, name FROM team ORDER BY name;

-- team_insert(name text) -> one (id int)
INSERT INTO team (name) VALUES ($1) RETURNING id;

-- neighbourhood_all() -> (id int, name text, team int?, inhabitants int?)
-- scan: a few rows of configuration, read once in five seconds
SELECT id, name, team, inhabitants FROM neighbourhood ORDER BY name;

-- neighbourhood_insert(name text, code text?, team int?, inhabitants int?) -> one (id int)
INSERT INTO neighbourhood (name, code, team, inhabitants) VALUES ($1, $2, $3, $4) RETURNING id;

-- worker_all() -> (id int, name text, team int?, discipline text?)
-- scan: an import reads all workers once
SELECT id, name, team, discipline FROM worker ORDER BY name, id;

-- worker_insert(name text, team int?, discipline text?) -> one (id int)
INSERT INTO worker (name, team, discipline) VALUES ($1, $2, $3) RETURNING id;

-- setting_all() -> (name text, value text)
-- scan: a few rows of configuration, read once in five seconds
SELECT name, value FROM setting ORDER BY name;

-- setting_put(name text, value text)
INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- closing_day_all() -> (day date, name text)
-- scan: a few rows of configuration, read once in five seconds
SELECT day, name FROM closing_day ORDER BY day;

-- closing_day_put(day date, name text)
INSERT INTO closing_day (day, name) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET name = excluded.name;
