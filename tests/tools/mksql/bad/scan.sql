-- expect 3: "-- scan:" needs a reason
-- rows() -> (id int)
-- scan:
SELECT id FROM team;
