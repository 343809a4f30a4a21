-- expect 2: rows: @visible in one variant only
-- rows(team int) -> (id int)
-- unscoped: nothing about anyone
SELECT request FROM standing s WHERE team = $1 AND @visible(s);
-- @postgres
SELECT request FROM standing WHERE team = $1;
