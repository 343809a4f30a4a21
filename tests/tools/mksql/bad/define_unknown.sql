-- expect 2: rows: nothing is known of "@from;
-- rows() -> (id int)
SELECT id @from;
