-- SPDX-License-Identifier: EUPL-1.2
-- What happened to records that are not requests (register/history.h).

-- history_insert(object text, object_id int, seq int, kind text, occurred_at time, recorded_at time, account int?,
--   worker int?, team int?, number int?, reason text?, until time?, note blob?)
INSERT INTO history (object, object_id, seq, kind, occurred_at, recorded_at, account, worker, team, number, reason, until, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- history_all(object text, object_id int) -> (seq int, kind text, occurred_at time, recorded_at time, account int?,
--   worker int?, team int?, number int?, reason text?, until time?, note blob?, who text?)
SELECT h.seq, h.kind, h.occurred_at, h.recorded_at, h.account, h.worker, h.team, h.number, h.reason, h.until, h.note, a.name
  FROM history h LEFT JOIN account a ON a.id = h.account
 WHERE h.object = $1 AND h.object_id = $2 ORDER BY h.seq;

-- history_version(object text, object_id int) -> one (version int)
SELECT coalesce(max(seq), 0) FROM history WHERE object = $1 AND object_id = $2;

-- history_of_kind(object text, kind text) -> (object_id int, seq int, number int?, reason text?)
-- The steps of one kind of all records of a kind: of baselines, of which there are a handful.
-- unscoped: numbers and codes; for records that are about nobody
SELECT object_id, seq, number, reason FROM history WHERE object = $1 AND kind = $2 ORDER BY object_id, seq;
