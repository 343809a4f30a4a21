-- SPDX-License-Identifier: EUPL-1.2
-- What one action did, so that it can be undone (register/batch.h).

-- batch_insert(kind text, account int?, made_at time) -> one (id int)
INSERT INTO batch (kind, account, made_at) VALUES ($1, $2, $3) RETURNING id;

-- batch_item_insert(batch int, request int, seq int)
INSERT INTO batch_item (batch, request, seq) VALUES ($1, $2, $3);

-- batch_get(id int) -> one (kind text, account int?, made_at time, undone_at time?)
SELECT kind, account, made_at, undone_at FROM batch WHERE id = $1;

-- batch_items(batch int) -> (request int, seq int)
SELECT request, seq FROM batch_item WHERE batch = $1 ORDER BY request DESC, seq DESC;

-- batch_undone(id int, undone_at time)
UPDATE batch SET undone_at = $2 WHERE id = $1;
