-- expect 2: "id" twice
-- rows() -> (id int, id int)
SELECT id, id FROM team;
