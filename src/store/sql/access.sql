-- SPDX-License-Identifier: EUPL-1.2
-- Reasons that were given to open a request, and persons that an account never sees (register/access.h).

-- access_grant_insert(account int, request int, kind text, starts_at time, ends_at time, reason blob?) -> one (id int)
INSERT INTO access_grant (account, request, kind, starts_at, ends_at, reason) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- access_granted(account int, request int, at time) -> one (n int)
SELECT count(*) FROM access_grant WHERE account = $1 AND request = $2 AND ends_at > $3;

-- access_block_insert(account int, person int, since time)
INSERT INTO access_block (account, person, since) VALUES ($1, $2, $3) ON CONFLICT (account, person) DO NOTHING;
