-- SPDX-License-Identifier: EUPL-1.2
-- Contacts and their questions. A contact has no standing of its own: who sees the whole register sees it, and so do the
-- team and the account that wrote it down; never when its person is hidden from this account (a block, a sealed request).

-- @define seen
 ($1 >= 1 OR c.team = $2 OR c.account = $3)
   AND NOT EXISTS (SELECT 1 FROM access_block b WHERE b.account = $3 AND b.person = c.person)
   AND (SELECT count(*) FROM standing h WHERE h.person = c.person AND h.sealed <> 0 AND NOT @visible(h)) = 0

-- contact_insert(occurred_at time, recorded_at time, account int?, team int?, neighbourhood int?, person int?, keeper int?,
--   channel text, asker text, tally bool, heard text?, referrer text?, failure text?, session int?) -> one (id int)
INSERT INTO contact (occurred_at, recorded_at, account, team, neighbourhood, person, keeper, channel, asker, tally, heard,
                     referrer, failure, session)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id;

-- contact_question_insert(contact int, seq int, topic text, outcome text, request int?, question blob?)
INSERT INTO contact_question (contact, seq, topic, outcome, request, text) VALUES ($1, $2, $3, $4, $5, $6);

-- contact_question_put(contact int, seq int, outcome text, request int?)
UPDATE contact_question SET outcome = $3, request = $4 WHERE contact = $1 AND seq = $2;

-- contact_withdraw(contact int)
-- unscoped: a write, checked by the register
UPDATE contact SET withdrawn = 1 WHERE id = $1;

-- contact_get(everything int, team int?, account int?, contact int) -> one (id int, occurred_at time, recorded_at time, account int?,
--   team int?, neighbourhood int?, person int?, keeper int?, channel text, asker text, tally bool, heard text?,
--   referrer text?, failure text?, session int?, withdrawn bool, who text?)
SELECT c.id, c.occurred_at, c.recorded_at, c.account, c.team, c.neighbourhood, c.person, c.keeper, c.channel, c.asker,
       c.tally, c.heard, c.referrer, c.failure, c.session, c.withdrawn, a.name
  FROM contact c LEFT JOIN account a ON a.id = c.account
 WHERE c.id = $4 AND @seen;

-- contact_between(everything int, team int?, account int?, from time, to time, max int, skip int) -> (id int, occurred_at time, recorded_at time,
--   account int?, team int?, neighbourhood int?, person int?, keeper int?, channel text, asker text, tally bool,
--   heard text?, referrer text?, failure text?, session int?, withdrawn bool, who text?)
-- The newest first.
SELECT c.id, c.occurred_at, c.recorded_at, c.account, c.team, c.neighbourhood, c.person, c.keeper, c.channel, c.asker,
       c.tally, c.heard, c.referrer, c.failure, c.session, c.withdrawn, a.name
  FROM contact c LEFT JOIN account a ON a.id = c.account
 WHERE c.occurred_at >= $4 AND c.occurred_at < $5 AND @seen
 ORDER BY c.occurred_at DESC, c.id DESC LIMIT $6 OFFSET $7;

-- contact_of_person(everything int, team int?, account int?, person int) -> (id int, occurred_at time, channel text, asker text)
SELECT c.id, c.occurred_at, c.channel, c.asker
  FROM contact c
 WHERE c.person = $4 AND c.withdrawn = 0 AND @seen
 ORDER BY c.occurred_at DESC, c.id DESC;

-- contact_questions(contact int) -> (contact int, seq int, topic text, outcome text, request int?, question blob?)
SELECT contact, seq, topic, outcome, request, text FROM contact_question WHERE contact = $1 ORDER BY seq;

-- contact_open(everything int, team int?, account int?, asker text?) -> (contact int, seq int, topic text, outcome text, occurred_at time,
--   asker text, channel text, person int?)
-- Questions that wait for an answer or for their request to be written, the oldest first.
-- scan: the index of what is open
SELECT q.contact, q.seq, q.topic, q.outcome, c.occurred_at, c.asker, c.channel, c.person
  FROM contact_question q JOIN contact c ON c.id = q.contact
 WHERE (q.outcome = 'open' OR (q.outcome = 'request' AND q.request IS NULL)) AND c.withdrawn = 0 AND c.tally = 0
   AND ($4 IS NULL OR c.asker = $4) AND @seen
 ORDER BY q.contact, q.seq LIMIT 500;

-- contact_counts(from time, to time) -> (heard text?, failure text?, asker text, channel text, tally bool, n int)
-- unscoped: counts, nothing about anyone
SELECT heard, failure, asker, channel, tally, count(*)
  FROM contact
 WHERE occurred_at >= $1 AND occurred_at < $2 AND withdrawn = 0
 GROUP BY heard, failure, asker, channel, tally;

-- contact_topic_counts(from time, to time) -> (topic text, outcome text, n int)
-- unscoped: counts, nothing about anyone
SELECT q.topic, q.outcome, count(*)
  FROM contact c JOIN contact_question q ON q.contact = c.id
 WHERE c.occurred_at >= $1 AND c.occurred_at < $2 AND c.withdrawn = 0
 GROUP BY q.topic, q.outcome;

-- persons_contacted(everything int, team int?, account int?, list text) -> (person int)
-- Those of a list of persons, as JSON "[1,2]", of whom this user may see a contact.
SELECT DISTINCT c.person
  FROM json_each(CASE WHEN json_valid($4) THEN $4 ELSE '[]' END) l CROSS JOIN contact c
 WHERE c.person = l.value AND c.withdrawn = 0 AND @seen;
-- @postgres
SELECT DISTINCT c.person
  FROM (SELECT nullif(v, '')::bigint AS value FROM unnest(string_to_array(regexp_replace($4, '[^0-9,]', '', 'g'), ',')) v) l
  JOIN contact c ON c.person = l.value
 WHERE c.withdrawn = 0 AND @seen;
