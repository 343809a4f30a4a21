-- SPDX-License-Identifier: EUPL-1.2
-- Changes of the settings; the values themselves are in organisation.sql.

-- @define columns
SELECT s.id, s.object, s.object_id, s.name, s.subject, s.old_value, s.new_value, s.announced, s.recorded_at, a.name
  FROM setting_change s LEFT JOIN account a ON a.id = s.account

-- setting_change_insert(object text, object_id int, name text, subject text?, old_value text?, new_value text?, announced bool,
--   recorded_at time, account int?)
INSERT INTO setting_change (object, object_id, name, subject, old_value, new_value, announced, recorded_at, account)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- setting_change_newest(max int) -> (id int, object text, object_id int, name text, subject text?, old_value text?,
--   new_value text?, announced bool, recorded_at time, who text?)
-- scan: from the end of the primary key until there are enough
@columns
 ORDER BY s.id DESC LIMIT $1;

-- setting_change_of(object text, object_id int) -> (id int, object text, object_id int, name text, subject text?,
--   old_value text?, new_value text?, announced bool, recorded_at time, who text?)
@columns
 WHERE s.object = $1 AND s.object_id = $2 ORDER BY s.id DESC;

-- setting_change_told(since time) -> (id int, object text, object_id int, name text, subject text?, old_value text?,
--   new_value text?, announced bool, recorded_at time, who text?)
-- What everyone is to be told.
@columns
 WHERE s.announced = 1 AND s.recorded_at >= $1 ORDER BY s.recorded_at DESC, s.id DESC;

-- setting_get(name text) -> (value text)
SELECT value FROM setting WHERE name = $1;

-- closing_day_delete(day date)
DELETE FROM closing_day WHERE day = $1;

-- team_rename(id int, name text)
UPDATE team SET name = $2 WHERE id = $1;

-- neighbourhood_put(id int, name text, team int?, inhabitants int?)
UPDATE neighbourhood SET name = $2, team = $3, inhabitants = $4 WHERE id = $1;
