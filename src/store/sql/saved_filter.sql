-- SPDX-License-Identifier: EUPL-1.2
-- Filters of lists that users keep under a name. A query holds ids and codes, never a name of a resident.

-- saved_filters(account int, team int, page text) -> (id int, account int, team int?, name text, query text, who text)
-- Of this account, and what colleagues share with the team.
SELECT f.id, f.account, f.team, f.name, f.query, a.name
  FROM saved_filter f JOIN account a ON a.id = f.account
 WHERE f.account = $1 AND f.page = $3
UNION ALL
SELECT f.id, f.account, f.team, f.name, f.query, a.name
  FROM saved_filter f JOIN account a ON a.id = f.account
 WHERE f.team = $2 AND f.page = $3 AND f.account <> $1
 ORDER BY 4, 1;

-- saved_filters_own(account int) -> (id int, team int?, page text, name text, query text)
SELECT id, team, page, name, query FROM saved_filter WHERE account = $1 ORDER BY page, name, id;

-- saved_filter_count(account int, page text) -> one (n int)
SELECT count(*) FROM saved_filter WHERE account = $1 AND page = $2;

-- saved_filter_named(account int, page text, name text) -> (id int)
SELECT id FROM saved_filter WHERE account = $1 AND page = $2 AND name = $3;

-- saved_filter_get(id int, account int) -> one (id int, team int?, page text, name text, query text)
SELECT id, team, page, name, query FROM saved_filter WHERE id = $1 AND account = $2;

-- saved_filter_insert(account int, team int?, page text, name text, query text, made_at time) -> one (id int)
INSERT INTO saved_filter (account, team, page, name, query, made_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- saved_filter_change(id int, account int, name text, team int?)
UPDATE saved_filter SET name = $3, team = $4 WHERE id = $1 AND account = $2;

-- saved_filter_remove(id int, account int)
DELETE FROM saved_filter WHERE id = $1 AND account = $2;
