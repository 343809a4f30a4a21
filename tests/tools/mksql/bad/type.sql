-- expect 2: unknown type "number"
-- rows(team number) -> (id int)
SELECT id FROM team WHERE id = $1;
