-- SPDX-License-Identifier: EUPL-1.2
-- Agreements with partners and whether they were kept.

-- @define from
SELECT a.id, a.version, a.partner, p.name, a.text, a.norm, a.owner, o.name, a.starts_on, a.review_on, a.ends_on, a.kept,
       a.judged_on
  FROM agreement a JOIN partner p ON p.id = a.partner JOIN account o ON o.id = a.owner

-- agreement_insert(version int, partner int, text text, norm text, owner int, starts_on date, review_on date) -> one (id int)
INSERT INTO agreement (version, partner, text, norm, owner, starts_on, review_on) VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING id;

-- agreement_put(id int, version int, text text, norm text, owner int, starts_on date, review_on date, ends_on date?,
--   kept int?, judged_on date?)
UPDATE agreement SET version = $2, text = $3, norm = $4, owner = $5, starts_on = $6, review_on = $7, ends_on = $8, kept = $9,
       judged_on = $10
 WHERE id = $1;

-- agreement_get(id int) -> one (id int, version int, partner int, partner_name text, text text, norm text, owner int,
--   owner_name text, starts_on date, review_on date, ends_on date?, kept int?, judged_on date?)
@from
 WHERE a.id = $1;

-- agreement_of_partner(partner int) -> (id int, version int, partner int, partner_name text, text text, norm text, owner int,
--   owner_name text, starts_on date, review_on date, ends_on date?, kept int?, judged_on date?)
@from
 WHERE a.partner = $1 ORDER BY a.starts_on, a.id;

-- agreement_all() -> (id int, version int, partner int, partner_name text, text text, norm text, owner int,
--   owner_name text, starts_on date, review_on date, ends_on date?, kept int?, judged_on date?)
-- scan: the list shows all of them, some tens
@from
 ORDER BY p.name, a.starts_on, a.id;

-- agreement_due(before date, owner int?) -> (id int, version int, partner int, partner_name text, text text, norm text,
--   owner int, owner_name text, starts_on date, review_on date, ends_on date?, kept int?, judged_on date?)
-- Those that are to be looked at again on that day or before.
@from
 WHERE a.ends_on IS NULL AND a.review_on <= $1 AND ($2 IS NULL OR a.owner = $2) ORDER BY a.review_on, a.id;

-- agreement_owners() -> (id int, name text, role text)
-- scan: the choice of an owner shows every account of the staff, some tens
SELECT id, name, role FROM account
 WHERE active = 1 AND role IN ('intake', 'team_lead', 'quality', 'board', 'complaints', 'account_manager')
 ORDER BY name, id;
