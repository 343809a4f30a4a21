-- expect 2: -> or => expected near "(id int)"
-- rows() (id int)
SELECT id FROM team;
