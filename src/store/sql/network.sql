-- SPDX-License-Identifier: EUPL-1.2
-- The people and organisations around a resident (register/network.h).

-- network_insert(person int, kind text, starts_on date, ends_on date?, told text, agreed_on date?, message text, sealed blob)
--   -> one (id int)
INSERT INTO network (version, person, kind, starts_on, ends_on, told, agreed_on, message, sealed)
VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8) RETURNING id;

-- network_update(id int, version int, kind text, starts_on date, ends_on date?, told text, agreed_on date?, message text,
--   sealed blob)
-- unscoped: a write, checked by the register
UPDATE network SET version = $2, kind = $3, starts_on = $4, ends_on = $5, told = $6, agreed_on = $7, message = $8, sealed = $9
 WHERE id = $1;

-- network_by_person(person int) -> (id int, version int, person int, kind text, starts_on date, ends_on date?, told text,
--   agreed_on date?, message text, sealed blob)
-- unscoped: of a person who was checked
SELECT id, version, person, kind, starts_on, ends_on, told, agreed_on, message, sealed FROM network
 WHERE person = $1 ORDER BY id;

-- network_get(id int) -> one (id int, version int, person int, kind text, starts_on date, ends_on date?, told text,
--   agreed_on date?, message text, sealed blob)
-- unscoped: the register checks the person
SELECT id, version, person, kind, starts_on, ends_on, told, agreed_on, message, sealed FROM network WHERE id = $1;
