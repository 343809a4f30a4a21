-- expect 2: change: "UPDATE standing" without @visible(alias)
-- change(team int)
UPDATE standing SET team = $1;
