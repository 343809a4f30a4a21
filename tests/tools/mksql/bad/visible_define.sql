-- expect 5: rows: "FROM standing" without @visible(alias)
-- @define from
SELECT request FROM standing

-- rows(team int) -> (id int)
@from WHERE team = $1;
