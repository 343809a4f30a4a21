-- expect 2: rows: "JOIN person" without @visible(alias)
-- rows(team int) -> (id int)
SELECT p.id FROM team t JOIN person p ON p.id = t.id WHERE t.id = $1;
