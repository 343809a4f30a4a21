-- expect 3: "-- unscoped:" needs a reason
-- rows() -> (id int)
-- unscoped:
SELECT request FROM standing;
