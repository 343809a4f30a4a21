-- expect 2: rows: "team" ($1) is not used
-- rows(team int) -> (id int)
SELECT id FROM team WHERE id = $1;
-- @postgres
SELECT id FROM team;
