-- expect 2: nothing may follow the name of a definition
-- @define from team
FROM team

-- rows() -> (id int)
SELECT id @from;
