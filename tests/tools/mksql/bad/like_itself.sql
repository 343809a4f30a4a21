-- expect 2: no earlier statement "rows"
-- rows like rows
SELECT id FROM team;
