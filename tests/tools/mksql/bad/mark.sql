-- expect 3: unknown "@postgre"
-- rows() -> (id int)
-- @postgre
SELECT id FROM team;
