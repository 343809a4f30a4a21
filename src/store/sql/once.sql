-- SPDX-License-Identifier: EUPL-1.2
-- Forms that have had their effect (store/db.h, db_tx).

-- once_put(token text, used_at time) -> (token text)
-- No row: it was there already.
INSERT INTO once (token, used_at) VALUES ($1, $2) ON CONFLICT (token) DO NOTHING RETURNING token;

-- once_delete_before(used_at time)
DELETE FROM once WHERE used_at < $1;
