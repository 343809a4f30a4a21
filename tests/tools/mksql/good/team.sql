-- SPDX-License-Identifier: EUPL-1.2
-- Every form of a statement.

-- @define from
SELECT s.request, s.team
  FROM standing s

-- @define filter
AND ($2 IS NULL OR s.urgency = $2)

-- plain()
-- What it is for.
DELETE FROM session;

-- swapped(a int, b text?)
UPDATE team SET name = $2 WHERE id = $1 AND note = 'it is "so" \ and so';

-- team_get(id int) -> one (id int, day date, at time?, share real, active bool, seal blob)
SELECT id, day, at, share, active, seal FROM team WHERE id = $1;

-- standing_list(team int, urgency int?) -> (request int, team int?)
-- scan: a list of everything that waits
@from WHERE s.team = $1 @filter AND @visible(s);

-- standing_by_urgency like standing_list
@from WHERE s.team = $1 @filter AND @visible(s) ORDER BY s.urgency;

-- standing_other(urgency int) like standing_list
@from WHERE s.urgency = $1 AND @visible(s);

-- standing_count like standing_list -> one (n int)
-- unscoped: a number, nothing about anyone
SELECT count(*) FROM standing s WHERE s.team = $1 @filter;

-- standing_each(team int) => (request int)
-- unscoped: a number, nothing about anyone
SELECT request FROM standing WHERE team = $1;
-- @postgres
SELECT request FROM ONLY standing WHERE team = $1;

-- many(a int, b text, c real, d date,
--   e time)
INSERT INTO team (a, b, c, d, e) VALUES ($1, $2, $3, $4, $5);

-- key_get(id int) -> one (wrapped blob)
-- @keys
SELECT wrapped FROM person_key WHERE person = $1;
