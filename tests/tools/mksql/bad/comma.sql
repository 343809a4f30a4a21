-- expect 2: , or ) expected near "name text)"
-- rows() -> (id int name text)
SELECT id, name FROM team;
