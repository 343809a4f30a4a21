-- expect 2: a statement without a head
SELECT id FROM team;
