-- expect 2: unknown "@mysql"
-- @mysql
CREATE TABLE a (b INTEGER);
