-- SPDX-License-Identifier: EUPL-1.2
-- Hand-over lists and the residents on them.

-- transfer_insert(name text, from_employer int, to_employer int, team int?, starts_on date, due_on date, recorded_at time,
--   account int?) -> one (id int)
INSERT INTO transfer (name, from_employer, to_employer, team, starts_on, due_on, recorded_at, account)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id;

-- transfer_all() -> (id int, name text, from_name text, to_name text, team int?, starts_on date, due_on date, members int,
--   open int)
-- scan: some dozens of lists, each counted over its own index
-- unscoped: counts, names nobody
SELECT t.id, t.name, f.name, g.name, t.team, t.starts_on, t.due_on,
       (SELECT count(*) FROM transfer_member m WHERE m.transfer = t.id),
       (SELECT count(*) FROM transfer_member m WHERE m.transfer = t.id AND m.outcome IS NULL)
  FROM transfer t JOIN employer f ON f.id = t.from_employer JOIN employer g ON g.id = t.to_employer
 ORDER BY t.due_on DESC, t.id;

-- transfer_get(transfer int) -> (id int, name text, from_name text, to_name text, team int?, starts_on date, due_on date)
SELECT t.id, t.name, f.name, g.name, t.team, t.starts_on, t.due_on
  FROM transfer t JOIN employer f ON f.id = t.from_employer JOIN employer g ON g.id = t.to_employer WHERE t.id = $1;

-- transfer_member_insert(transfer int, person int, request int?, team int?, source_key text?, original_on date, waits_until date?,
--   kept_worker int?) -> one (id int)
INSERT INTO transfer_member (transfer, person, request, team, source_key, original_on, waits_until, kept_worker, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) RETURNING id;

-- @define columns
SELECT m.id, m.transfer, m.person, m.request, m.team, m.source_key, m.original_on, m.waits_until, m.agreed_resident,
       m.agreed_provider, m.agreed_team, m.informed_on, m.not_informed, m.outcome, m.outcome_on, m.kept_worker, m.exception,
       m.exception_until, m.version
  FROM transfer_member m

-- transfer_members(transfer int, team int?) -> (id int, transfer int, person int, request int?, team int?, source_key text?,
--   original_on date, waits_until date?, agreed_resident date?, agreed_provider date?, agreed_team date?, informed_on date?,
--   not_informed text?, outcome text?, outcome_on date?, kept_worker int?, exception text?, exception_until date?, version int)
-- unscoped: the list is for the team of each resident ($2), and of all teams for who sees the whole register
@columns
 WHERE m.transfer = $1 AND ($2 IS NULL OR m.team = $2 OR (m.team IS NULL AND $2 > 0)) ORDER BY m.id;

-- transfer_member_get(member int) like transfer_members
-- unscoped: the register compares the team
@columns
 WHERE m.id = $1;

-- transfer_member_by_key(transfer int, source_key text) -> (id int)
-- unscoped: whether a line of a file is there already
SELECT id FROM transfer_member WHERE transfer = $1 AND source_key = $2;

-- transfer_member_by_request(transfer int, request int) -> (id int)
-- unscoped: whether a line of a file is there already
SELECT id FROM transfer_member WHERE transfer = $1 AND request = $2;

-- transfer_member_put(member int, seen int, request int?, team int?, original_on date, waits_until date?, agreed_resident date?,
--   agreed_provider date?, agreed_team date?, informed_on date?, not_informed text?, outcome text?, outcome_on date?,
--   kept_worker int?, exception text?, exception_until date?) -> (version int)
-- unscoped: a write, checked by the register. No row: someone else changed it.
UPDATE transfer_member SET version = version + 1, request = $3, team = $4, original_on = $5, waits_until = $6, agreed_resident = $7,
       agreed_provider = $8, agreed_team = $9, informed_on = $10, not_informed = $11, outcome = $12, outcome_on = $13,
       kept_worker = $14, exception = $15, exception_until = $16
 WHERE id = $1 AND version = $2 RETURNING version;

-- transfer_member_keep(member int, recorded_at time, account int?)
-- What is known now, as a version that stays; after every insert and put.
-- unscoped: a write, checked by the register
INSERT INTO transfer_member_version (member, version, recorded_at, account, request, team, original_on, waits_until,
       agreed_resident, agreed_provider, agreed_team, informed_on, not_informed, outcome, outcome_on, kept_worker, exception,
       exception_until)
SELECT m.id, m.version, $2, $3, m.request, m.team, m.original_on, m.waits_until, m.agreed_resident, m.agreed_provider,
       m.agreed_team, m.informed_on, m.not_informed, m.outcome, m.outcome_on, m.kept_worker, m.exception, m.exception_until
  FROM transfer_member m WHERE m.id = $1;
