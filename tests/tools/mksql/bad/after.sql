-- expect 2: nothing may follow the result columns
-- rows() -> (id int) more
SELECT id FROM team;
