-- expect 2: unknown type "integer"
-- rows() -> (id integer)
SELECT id FROM team;
