-- expect 2: rows: no statement below the head
-- rows() -> (id int)

-- other() -> (id int)
SELECT id FROM team;
