-- expect 2: ( expected
-- rows() => one (id int)
SELECT id FROM team;
