-- SPDX-License-Identifier: EUPL-1.2
-- Who could take a request, what the resident wishes, and colleagues beside the main worker.

-- wish_insert(request int, recorded_at time, account int?, gender text?, language text?, provider text?, moment text?, note blob?)
INSERT INTO wish (request, seq, recorded_at, account, gender, language, provider, moment, note)
VALUES ($1, (SELECT coalesce(max(w.seq), 0) + 1 FROM wish w WHERE w.request = $1), $2, $3, $4, $5, $6, $7, $8);

-- wish_of(request int) -> (recorded_at time, who text?, gender text?, language text?, provider text?, moment text?, note blob?)
-- The newest first. Called for a request that request_get has checked.
SELECT w.recorded_at, a.name, w.gender, w.language, w.provider, w.moment, w.note
  FROM wish w LEFT JOIN account a ON a.id = w.account WHERE w.request = $1 ORDER BY w.seq DESC;

-- allocation_sums() -> (worker int, weight int?, cases int)
-- unscoped: how many cases of each weight a worker has, nothing about anyone
SELECT worker, weight, count(*) FROM standing WHERE ended_at IS NULL AND worker > 0 GROUP BY worker, weight ORDER BY worker;

-- allocation_knows(person int, request int) -> (worker int, near int)
-- near: 0 the resident, 1 someone who lives with them.
-- unscoped: which colleagues worked with this resident before, nothing else
SELECT e.worker, 0
  FROM standing s JOIN event e ON e.request = s.request
 WHERE s.person = $1 AND s.request <> $2 AND e.worker IS NOT NULL AND e.kind IN ('allocated', 'worker_changed', 'first_talk')
   AND s.started_at IS NOT NULL
 GROUP BY e.worker
UNION ALL
SELECT e.worker, 1
  FROM household_member m JOIN household_member o ON o.household = m.household AND o.person <> $1 AND o.ends_on IS NULL
       JOIN standing s ON s.person = o.person JOIN event e ON e.request = s.request
 WHERE m.person = $1 AND m.ends_on IS NULL AND e.worker IS NOT NULL AND e.kind IN ('allocated', 'worker_changed', 'first_talk')
   AND s.started_at IS NOT NULL
 GROUP BY e.worker
 ORDER BY 2, 1;

-- allocation_blocked(person int) -> (worker int)
-- Workers whose account never sees this person.
SELECT a.worker FROM access_block b JOIN account a ON a.id = b.account WHERE b.person = $1 AND a.worker IS NOT NULL;

-- co_worker_insert(request int, worker int, since time, since_by int?)
INSERT INTO co_worker (request, worker, since, since_by) VALUES ($1, $2, $3, $4);

-- co_worker_end(request int, worker int, ended_at time, ended_by int?) -> (id int)
UPDATE co_worker SET ended_at = $3, ended_by = $4 WHERE request = $1 AND worker = $2 AND ended_at IS NULL RETURNING id;

-- co_worker_of(request int) -> (worker int, name text, team int?, since time)
-- Called for a request that request_get has checked.
SELECT k.worker, w.name, w.team, k.since
  FROM co_worker k JOIN worker w ON w.id = k.worker
 WHERE k.request = $1 AND k.ended_at IS NULL ORDER BY k.since, k.id;

-- co_worker_grant(account int, request int, starts_at time, ends_at time)
INSERT INTO access_grant (account, request, kind, starts_at, ends_at) VALUES ($1, $2, 'co_worker', $3, $4);

-- co_worker_grant_end(account int, request int, now time)
UPDATE access_grant SET ends_at = $3 WHERE account = $1 AND request = $2 AND kind = 'co_worker' AND ends_at > $3;

-- co_worker_household(person int) -> (request int)
-- Open requests of people who live with this person.
SELECT s.request
  FROM household_member m JOIN household_member o ON o.household = m.household AND o.person <> $1 AND o.ends_on IS NULL
       JOIN standing s ON s.person = o.person
 WHERE m.person = $1 AND m.ends_on IS NULL AND s.ended_at IS NULL AND @visible(s)
 ORDER BY s.request;
