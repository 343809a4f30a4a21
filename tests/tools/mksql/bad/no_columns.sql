-- expect 2: no result columns: leave the arrow out
-- rows() -> ()
SELECT id FROM team;
