-- SPDX-License-Identifier: EUPL-1.2
-- Messages to and from residents.

-- A message whose event was taken back: the last step of its history says so.
-- @define taken_back
coalesce((SELECT CASE WHEN h.kind = 'taken_back' THEN 1 ELSE 0 END FROM history h WHERE h.object = 'message' AND h.object_id = m.id
           ORDER BY h.seq DESC LIMIT 1), 0)

-- message_insert(person int, request int?, kind text, way text, incoming bool, sent_at time, recorded_at time, account int?,
--   language text, body blob?) -> one (id int)
INSERT INTO message (person, request, kind, way, incoming, sent_at, recorded_at, account, language, text)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id;

-- message_of_request(request int) -> (id int, kind text, way text, incoming bool, sent_at time, recorded_at time, language text,
--   body blob?, who text?, taken_back bool)
-- unscoped: called for a request that request_get has checked
SELECT m.id, m.kind, m.way, m.incoming, m.sent_at, m.recorded_at, m.language, m.text, a.name, @taken_back
  FROM message m LEFT JOIN account a ON a.id = m.account
 WHERE m.request = $1 ORDER BY m.sent_at DESC, m.id DESC;

-- message_of_person(person int) like message_of_request
-- unscoped: called for a person of whom the user may see something (person_visible)
SELECT m.id, m.kind, m.way, m.incoming, m.sent_at, m.recorded_at, m.language, m.text, a.name, @taken_back
  FROM message m LEFT JOIN account a ON a.id = m.account
 WHERE m.person = $1 ORDER BY m.sent_at DESC, m.id DESC;

-- message_not_informed(from time, to time) -> (request int, person int, received_at time, state text, team int?)
-- Requests asked in this time that wait, whose resident never got anything in writing from us.
SELECT s.request, s.person, s.received_at, s.state, s.team
  FROM standing s
 WHERE s.received_at >= $1 AND s.received_at < $2 AND s.waiting = 1 AND s.person IS NOT NULL
   AND @visible(s)
   AND NOT EXISTS (SELECT 1 FROM message m WHERE m.person = s.person AND m.incoming = 0 AND m.way IN ('letter', 'mail', 'hand', 'text')
                      AND @taken_back = 0)
 ORDER BY s.received_at, s.request LIMIT 1000;

-- message_linked(request int) -> (id int, event int, taken_back bool)
-- The messages that are also an event of the request, and which one.
-- unscoped: called for a request that the register has checked
SELECT m.id, h.number, @taken_back
  FROM message m JOIN history h ON h.object = 'message' AND h.object_id = m.id AND h.seq = 1 AND h.number IS NOT NULL
 WHERE m.request = $1 ORDER BY m.id;
