-- SPDX-License-Identifier: EUPL-1.2
-- Partners: the directory, contact persons, and when each reached which stage.

-- partner_insert(version int, name text, kind text, stage text, keeper int) -> one (id int)
INSERT INTO partner (version, name, kind, stage, keeper) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- partner_put(id int, version int, name text, kind text, stage text, ended_on date?)
UPDATE partner SET version = $2, name = $3, kind = $4, stage = $5, ended_on = $6 WHERE id = $1;

-- partner_get(id int) -> one (id int, version int, name text, kind text, stage text, keeper int, ended_on date?)
SELECT id, version, name, kind, stage, keeper, ended_on FROM partner WHERE id = $1;

-- partner_all() -> (id int, version int, name text, kind text, stage text, keeper int, ended_on date?)
-- scan: the directory shows all of them, some tens
SELECT id, version, name, kind, stage, keeper, ended_on FROM partner ORDER BY name;

-- partner_by_name(name text) -> (id int)
SELECT id FROM partner WHERE name = $1;

-- partner_neighbourhood_insert(partner int, neighbourhood int)
INSERT INTO partner_neighbourhood (partner, neighbourhood) VALUES ($1, $2) ON CONFLICT (partner, neighbourhood) DO NOTHING;

-- partner_neighbourhood_clear(partner int)
DELETE FROM partner_neighbourhood WHERE partner = $1;

-- partner_neighbourhoods(partner int) -> (neighbourhood int, name text)
SELECT n.neighbourhood, h.name FROM partner_neighbourhood n JOIN neighbourhood h ON h.id = n.neighbourhood
 WHERE n.partner = $1 ORDER BY h.name;

-- partner_contact_insert(partner int, sealed blob, added_on date) -> one (id int)
INSERT INTO partner_contact (partner, sealed, added_on) VALUES ($1, $2, $3) RETURNING id;

-- partner_contact_end(id int, partner int, ended_on date)
UPDATE partner_contact SET ended_on = $3 WHERE id = $1 AND partner = $2 AND ended_on IS NULL;

-- partner_contacts(partner int) -> (id int, sealed blob, added_on date, ended_on date?)
SELECT id, sealed, added_on, ended_on FROM partner_contact WHERE partner = $1 AND ended_on IS NULL ORDER BY id;

-- partner_stages() -> (partner int, seq int, reached_at time, recorded_at time, stage text)
-- Every step of every partner, in the order in which they were reached.
SELECT object_id, seq, occurred_at, recorded_at, reason FROM history
 WHERE object = 'partner' AND kind = 'stage' ORDER BY occurred_at, object_id, seq;
