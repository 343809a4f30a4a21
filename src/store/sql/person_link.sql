-- SPDX-License-Identifier: EUPL-1.2
-- The same person registered twice: links, and what was judged not to be the same (register/person_link.h).

-- person_link_up(person int) -> (id int, into_person int, linked_at time, linked_by int?)
-- unscoped: ids only; what is shown of them is asked with @visible
SELECT id, into_person, linked_at, linked_by FROM person_link WHERE person = $1 AND ended_at IS NULL;

-- person_link_down(person int) -> (id int, person int, linked_at time, linked_by int?)
-- unscoped: ids only; what is shown of them is asked with @visible
SELECT id, person, linked_at, linked_by FROM person_link WHERE into_person = $1 AND ended_at IS NULL ORDER BY person;

-- person_link_insert(person int, into_person int, linked_at time, linked_by int?)
INSERT INTO person_link (person, into_person, linked_at, linked_by) VALUES ($1, $2, $3, $4);

-- person_link_end(person int, ended_at time, ended_by int?)
-- unscoped: a write, checked by the register
UPDATE person_link SET ended_at = $2, ended_by = $3 WHERE person = $1 AND ended_at IS NULL;

-- person_link_all() -> (person int, into_person int, linked_at time)
-- scan: the newest links that hold
-- unscoped: ids only; what is shown of them is asked with @visible
SELECT person, into_person, linked_at FROM person_link WHERE ended_at IS NULL ORDER BY linked_at DESC, id DESC LIMIT 200;

-- person_distinct_put(low int, high int, since time, account int?)
INSERT INTO person_distinct (low, high, since, account) VALUES ($1, $2, $3, $4) ON CONFLICT (low, high) DO NOTHING;

-- person_distinct_delete(low int, high int)
DELETE FROM person_distinct WHERE low = $1 AND high = $2;

-- person_distinct_of(person int) -> (other int, since time, account int?)
SELECT high, since, account FROM person_distinct WHERE low = $1
 UNION ALL
SELECT low, since, account FROM person_distinct WHERE high = $1;

-- person_distinct_all() -> (low int, high int, since time)
-- scan: the page of duplicates leaves out what was judged before
SELECT low, high, since FROM person_distinct ORDER BY since DESC, low, high LIMIT 200;

-- person_exists(person int) -> (id int)
-- unscoped: a number, nothing about anyone
SELECT id FROM person WHERE id = $1;

-- person_reach(person int, account int?) -> one (requests int, blocked int)
-- Whether someone has requests at all, and is hidden from this account.
-- unscoped: two numbers, nothing about anyone
SELECT (SELECT count(*) FROM standing WHERE person = $1), (SELECT count(*) FROM access_block WHERE account = $2 AND person = $1);

-- person_housemates(person int) -> (person int)
-- Who lives in a household of this person, now or before.
-- unscoped: ids only; what is shown of them is asked with @visible
SELECT DISTINCT o.person FROM household_member m JOIN household_member o ON o.household = m.household
 WHERE m.person = $1 AND o.person <> $1 ORDER BY o.person;
