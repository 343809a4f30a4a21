-- expect 2: rows: "FROM standing" without @visible(alias)
-- rows(team int) -> (id int)
SELECT request FROM standing WHERE team = $1;
