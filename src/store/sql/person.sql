-- SPDX-License-Identifier: EUPL-1.2
-- Persons and their sealed identities.

-- person_insert(created_at time) -> one (id int)
INSERT INTO person (created_at) VALUES ($1) RETURNING id;

-- identity_put(person int, sealed blob)
-- The serial goes up with every change, so that the index of names can read what is new.
INSERT INTO identity (person, serial, sealed) VALUES ($1, (SELECT coalesce(max(serial), 0) + 1 FROM identity), $2)
    ON CONFLICT (person) DO UPDATE SET serial = (SELECT coalesce(max(i.serial), 0) + 1 FROM identity i), sealed = excluded.sealed;
-- unscoped: a write, checked by the register

-- identity_get(person int) -> one (sealed blob, serial int)
-- unscoped: the person is reached through a request that was checked (person_get)
SELECT sealed, serial FROM identity WHERE person = $1;

-- identity_since(serial int) -> (person int, serial int, sealed blob)
-- unscoped: fills the index of names in memory; what leaves the index passes person_seen
SELECT person, serial, sealed FROM identity WHERE serial > $1 ORDER BY serial LIMIT 500;

-- person_requests(person int) -> (request int, received_at time, state text, urgency int, team int?)
-- The requests of a person that this user may see.
SELECT s.request, s.received_at, s.state, s.urgency, s.team
  FROM standing s
 WHERE s.person = $1 AND @visible(s)
 ORDER BY s.received_at DESC, s.request DESC;

-- persons_seen(list text) -> (person int, waits bool)
-- Those of a list of persons, as JSON "[1,2]", of whom this user may see a request, and whether one of these waits.
SELECT s.person, max(s.waiting)
  FROM json_each(CASE WHEN json_valid($1) THEN $1 ELSE '[]' END) l CROSS JOIN standing s
 WHERE s.person = l.value AND @visible(s)
 GROUP BY s.person;
-- @postgres
SELECT s.person, max(s.waiting)
  FROM (SELECT nullif(v, '')::bigint AS value FROM unnest(string_to_array(regexp_replace($1, '[^0-9,]', '', 'g'), ',')) v) l JOIN standing s ON s.person = l.value
 WHERE @visible(s)
 GROUP BY s.person;
