-- expect 62: more than 20 definitions
-- @define d1
id

-- @define d2
id

-- @define d3
id

-- @define d4
id

-- @define d5
id

-- @define d6
id

-- @define d7
id

-- @define d8
id

-- @define d9
id

-- @define d10
id

-- @define d11
id

-- @define d12
id

-- @define d13
id

-- @define d14
id

-- @define d15
id

-- @define d16
id

-- @define d17
id

-- @define d18
id

-- @define d19
id

-- @define d20
id

-- @define d21
id

-- rows() -> (id int)
SELECT @d1 FROM team;
