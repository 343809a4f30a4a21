-- expect 2: rows: "name" ($2) is not used
-- rows(team int, name text) -> (id int)
SELECT id FROM team WHERE id = $1;
