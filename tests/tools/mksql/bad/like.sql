-- expect 2: no earlier statement "other"
-- rows like other
SELECT id FROM team;
