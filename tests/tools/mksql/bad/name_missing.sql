-- expect 2: a name is missing near ", name text)"
-- rows() -> (id, name text)
SELECT id, name FROM team;
