-- SPDX-License-Identifier: EUPL-1.2
-- Referrals, from a partner to us and from us to a partner.

-- @define columns
SELECT r.id, r.version, r.direction, r.partner, p.name, r.request, r.occurred_at, r.recorded_at, r.consent, r.multi_problem,
       r.stays, r.answered_at, r.answer, r.warm, r.checked_at, r.arrival, s.person, s.state, s.urgency, s.team, s.worker, k.name,
       s.neighbourhood, s.received_at, s.started_at, s.ended_at

-- @define first
       (SELECT min(e.occurred_at) FROM event e
         WHERE e.request = r.request AND e.kind IN ('call_reached', 'first_talk', 'protected')
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq))

-- @define from
  FROM referral r JOIN partner p ON p.id = r.partner JOIN standing s ON s.request = r.request LEFT JOIN worker k ON k.id = s.worker

-- @define own
SELECT r.id, r.version, r.request, r.occurred_at, r.consent, r.multi_problem, r.stays, r.answered_at, r.answer, o.person,
       s.state, s.urgency, o.received_at
  FROM referral r JOIN standing o ON o.request = r.request JOIN standing s ON s.request = coalesce(o.merged, o.request)
 WHERE r.partner = $1 AND r.direction = 'in' AND r.consent = 1 AND o.sealed = 0 AND s.sealed = 0

-- referral_insert(version int, direction text, partner int, request int, occurred_at time, recorded_at time, account int?,
--   consent bool, multi_problem bool, stays bool, warm bool) -> one (id int)
INSERT INTO referral (version, direction, partner, request, occurred_at, recorded_at, account, consent, multi_problem, stays, warm)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id;

-- referral_put(id int, version int, consent bool, stays bool, answered_at time?, answer text?, checked_at time?, arrival text?)
-- unscoped: a write, checked by the register
UPDATE referral SET version = $2, consent = $3, stays = $4, answered_at = $5, answer = $6, checked_at = $7, arrival = $8
 WHERE id = $1;

-- referral_get(id int) -> one (id int, version int, direction text, partner int, partner_name text, request int, occurred_at time,
--   recorded_at time, consent bool, multi_problem bool, stays bool, answered_at time?, answer text?, warm bool, checked_at time?,
--   arrival text?, person int?, state text, urgency int, team int?, worker int?, worker_name text?, neighbourhood int?, received_at time,
--   started_at time?, ended_at time?, first_contact_at time?)
@columns, @first
@from
 WHERE r.id = $1 AND @visible(s);

-- referral_of_request(request int) -> (id int, version int, direction text, partner int, partner_name text, request int,
--   occurred_at time, recorded_at time, consent bool, multi_problem bool, stays bool, answered_at time?, answer text?, warm bool,
--   checked_at time?, arrival text?, person int?, state text, urgency int, team int?, worker int?, worker_name text?, neighbourhood int?,
--   received_at time, started_at time?, ended_at time?, first_contact_at time?)
@columns, @first
@from
 WHERE r.request = $1 AND @visible(s) ORDER BY r.occurred_at, r.id;

-- referral_between(direction text, first time, last time, partner int?, open bool) -> (id int, version int, direction text, partner int,
--   partner_name text, request int, occurred_at time, recorded_at time, consent bool, multi_problem bool, stays bool,
--   answered_at time?, answer text?, warm bool, checked_at time?, arrival text?, person int?, state text, urgency int, team int?,
--   worker int?, worker_name text?, neighbourhood int?, received_at time, started_at time?, ended_at time?, first_contact_at time?)
@columns, @first
@from
 WHERE r.direction = $1 AND r.occurred_at >= $2 AND r.occurred_at <= $3 AND ($4 IS NULL OR r.partner = $4)
   AND ($5 = 0 OR (r.direction = 'in' AND r.consent = 1 AND r.answered_at IS NULL)
        OR (r.direction = 'out' AND r.checked_at IS NULL)) AND @visible(s)
 ORDER BY r.occurred_at, r.id;

-- referral_numbers(first time, last time) -> (partner int, occurred_at time, consent bool, multi_problem bool, stays bool,
--   answered_at time?, urgency int, waiting bool, received_at time, first_contact_at time?)
-- unscoped: sums a partner, no person and no number of a request leaves it
SELECT r.partner, r.occurred_at, r.consent, r.multi_problem, r.stays, r.answered_at, s.urgency, s.waiting, s.received_at,
       @first
@from
 WHERE r.direction = 'in' AND r.occurred_at >= $1 AND r.occurred_at <= $2
 ORDER BY r.partner, r.occurred_at, r.id;

-- referral_own(partner int) -> (id int, version int, request int, occurred_at time, consent bool, multi_problem bool, stays bool,
--   answered_at time?, answer text?, person int?, state text, urgency int, received_at time)
-- What a partner sees of its own referrals: only while the resident agrees, and never what is sealed. The state is that of
-- the request that counts when two were joined; the person is the one whom the partner wrote down.
-- unscoped: a partner has no scope on residents; it sees its own referrals with consent, and a state in four words
@own
 ORDER BY r.occurred_at DESC, r.id DESC;

-- referral_own_get(partner int, id int) -> one (id int, version int, request int, occurred_at time, consent bool,
--   multi_problem bool, stays bool, answered_at time?, answer text?, person int?, state text, urgency int, received_at time)
-- unscoped: as referral_own
@own AND r.id = $2;

-- referral_consent_insert(referral int, given bool, given_by text, how text, occurred_at time, recorded_at time, account int?)
INSERT INTO referral_consent (referral, seq, given, given_by, how, occurred_at, recorded_at, account)
SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7 FROM referral_consent WHERE referral = $1;

-- referral_consents(referral int) -> (seq int, given bool, given_by text, how text, occurred_at time, recorded_at time, who text?)
SELECT k.seq, k.given, k.given_by, k.how, k.occurred_at, k.recorded_at, a.name
  FROM referral_consent k LEFT JOIN account a ON a.id = k.account
 WHERE k.referral = $1 ORDER BY k.seq;

-- referral_facts(id int) -> one (stays bool, answered_at time?, answer text?, checked_at time?, arrival text?)
-- unscoped: the caller has reached the referral through a statement that checks
SELECT stays, answered_at, answer, checked_at, arrival FROM referral WHERE id = $1;

-- referral_person(request int) -> one (person int?)
-- unscoped: of the request that this transaction has just made
SELECT person FROM request WHERE id = $1;

-- referral_sent(request int) -> (id int, partner int, request int, consent bool, stays bool, answered_at time?, answer text?,
--   checked_at time?, arrival text?)
-- Those from us to a partner.
-- unscoped: called for a request that the register has checked
SELECT id, partner, request, consent, stays, answered_at, answer, checked_at, arrival FROM referral
 WHERE request = $1 AND direction = 'out' ORDER BY id;
