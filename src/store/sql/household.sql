-- SPDX-License-Identifier: EUPL-1.2
-- People who live together (register/household.h).

-- household_insert(since date) -> one (id int)
INSERT INTO household (version, since) VALUES (0, $1) RETURNING id;

-- household_version(id int, version int)
-- unscoped: a write, checked by the register
UPDATE household SET version = $2 WHERE id = $1;

-- household_by_person(person int) -> (household int, version int, ends_on date?)
-- unscoped: of a person who was checked; the register says who may see what
SELECT m.household, h.version, m.ends_on FROM household_member m JOIN household h ON h.id = m.household
 WHERE m.person = $1 ORDER BY m.id DESC;

-- household_members(household int) -> (id int, person int, role text, starts_on date, ends_on date?)
-- unscoped: of a person who was checked; the register says who may see what
SELECT id, person, role, starts_on, ends_on FROM household_member WHERE household = $1 ORDER BY id;

-- household_member_insert(household int, person int, role text, starts_on date)
INSERT INTO household_member (household, person, role, starts_on) VALUES ($1, $2, $3, $4);

-- household_member_get(id int) -> one (household int, version int, person int, starts_on date, ends_on date?)
-- unscoped: checked by the register
SELECT m.household, h.version, m.person, m.starts_on, m.ends_on
  FROM household_member m JOIN household h ON h.id = m.household WHERE m.id = $1;

-- household_member_end(id int, ends_on date)
-- unscoped: a write, checked by the register
UPDATE household_member SET ends_on = $2 WHERE id = $1;

-- household_hidden(person int, account int?) -> one (sealed int, blocked int)
-- unscoped: two numbers, nothing about anyone
SELECT (SELECT count(*) FROM person_seal WHERE person = $1),
       (SELECT count(*) FROM access_block WHERE account = $2 AND person = $1);
