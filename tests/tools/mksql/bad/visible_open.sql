-- expect 2: @visible(alias)
-- rows() -> (id int)
SELECT request FROM standing s WHERE @visible(s;
