-- expect 5: a second statement "rows"
-- rows() -> (id int)
SELECT id FROM team;

-- rows() -> (id int)
SELECT id FROM team;
