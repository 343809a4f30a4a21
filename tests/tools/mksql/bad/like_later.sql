-- expect 2: no earlier statement "later"
-- rows like later
SELECT id FROM team;

-- later() -> (id int)
SELECT id FROM team;
