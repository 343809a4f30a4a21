-- expect 2: rows: $2 is no parameter of the head
-- rows(team int) -> (id int)
SELECT id FROM team WHERE id = $1 OR id = $2;
