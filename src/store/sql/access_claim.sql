-- SPDX-License-Identifier: EUPL-1.2
-- Residents whom an account knows privately (register/access_claim.h).

-- access_claim_insert(account int, person int, relation text, declared_at time) -> one (id int)
INSERT INTO access_claim (version, account, person, relation, declared_at) VALUES (1, $1, $2, $3, $4) RETURNING id;

-- access_claim_get(id int) -> one (version int, account int, person int, relation text, team int?, confirmed_at time?,
--   ended_at time?)
SELECT x.version, x.account, x.person, x.relation, a.team, x.confirmed_at, x.ended_at
  FROM access_claim x JOIN account a ON a.id = x.account WHERE x.id = $1;

-- access_claim_put(id int, version int, confirmed_at time?, confirmed_by int?, ended_at time?)
UPDATE access_claim SET version = $2, confirmed_at = $3, confirmed_by = $4, ended_at = $5 WHERE id = $1;

-- access_claim_open(team int?) -> (id int, version int, account int, person int, relation text, declared_at time,
--   confirmed_at time?, who text, confirmed_by text?, cases int)
-- scan: walks the index of those that hold
-- unscoped: numbers of residents; a name is asked with @visible
SELECT x.id, x.version, x.account, x.person, x.relation, x.declared_at, x.confirmed_at, a.name, b.name,
       (SELECT count(*) FROM standing s WHERE s.person = x.person AND s.worker = a.worker AND s.ended_at IS NULL)
  FROM access_claim x JOIN account a ON a.id = x.account LEFT JOIN account b ON b.id = x.confirmed_by
 WHERE x.ended_at IS NULL AND ($1 IS NULL OR a.team = $1)
 ORDER BY x.declared_at DESC, x.id DESC LIMIT 200;

-- access_claim_of(person int) -> (account int)
SELECT DISTINCT account FROM access_claim WHERE person = $1 AND ended_at IS NULL ORDER BY account;

-- access_block_delete(person int)
DELETE FROM access_block WHERE person = $1;

-- access_block_put(account int, person int, since time)
INSERT INTO access_block (account, person, since) VALUES ($1, $2, $3) ON CONFLICT (account, person) DO NOTHING;

-- access_blocked(account int, person int) -> one (n int)
SELECT count(*) FROM access_block WHERE account = $1 AND person = $2;
