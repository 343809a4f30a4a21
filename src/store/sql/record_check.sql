-- SPDX-License-Identifier: EUPL-1.2
-- What `peil check` compares with the history, a hundred records at a time (complaints, signals and incidents stand with
-- their own statements). Where a table keeps whole versions, the last one stands beside the present values.

-- standing_whose(request int) -> (person int?, neighbourhood int?)
-- unscoped: the check compares every request
SELECT person, neighbourhood FROM standing WHERE request = $1;

-- callback_after(id int) -> (id int, version int, state text, attempts int, tried_at time?, done_at time?, owner int?)
-- unscoped: the check compares every call-back
SELECT id, version, state, attempts, tried_at, done_at, owner FROM callback WHERE id > $1 ORDER BY id LIMIT 100;

-- contact_after(id int) -> (id int, withdrawn bool)
-- unscoped: the check compares every contact
SELECT id, withdrawn FROM contact WHERE id > $1 ORDER BY id LIMIT 100;

-- contact_answers(contact int) -> (seq int, outcome text)
SELECT seq, outcome FROM contact_question WHERE contact = $1 ORDER BY seq;

-- phone_count_after(day date, half_hour int) -> (day date, half_hour int, version int, offered int)
SELECT day, half_hour, version, offered FROM phone_count
 WHERE day >= $1 AND (day > $1 OR half_hour > $2)
 ORDER BY day, half_hour LIMIT 100;

-- household_after(id int) -> (id int, version int)
-- unscoped: the check compares every household
SELECT id, version FROM household WHERE id > $1 ORDER BY id LIMIT 100;

-- household_lives(household int) -> (person int, starts_on date, ends_on date?)
-- unscoped: the check compares every household
SELECT person, starts_on, ends_on FROM household_member WHERE household = $1 ORDER BY id;

-- network_after(id int) -> (id int, version int, told text, ends_on date?)
-- unscoped: the check compares every helper
SELECT id, version, told, ends_on FROM network WHERE id > $1 ORDER BY id LIMIT 100;

-- claim_after(id int) -> (id int, version int, declared_at time, confirmed_at time?, confirmed_by int?, ended_at time?, blocks int)
SELECT k.id, k.version, k.declared_at, k.confirmed_at, k.confirmed_by, k.ended_at,
       (SELECT count(*) FROM access_block b WHERE b.account = k.account AND b.person = k.person)
  FROM access_claim k WHERE k.id > $1 ORDER BY k.id LIMIT 100;

-- referral_after(id int) -> (id int, version int, consent bool, given bool?, answered_at time?, answer text?, checked_at time?,
--   arrival text?)
-- unscoped: the check compares every referral
SELECT r.id, r.version, r.consent,
       (SELECT k.given FROM referral_consent k WHERE k.referral = r.id ORDER BY k.seq DESC LIMIT 1),
       r.answered_at, r.answer, r.checked_at, r.arrival
  FROM referral r WHERE r.id > $1 ORDER BY r.id LIMIT 100;

-- member_after(id int) -> (id int, same bool)
-- The last version has every value that the member has now, and there is no newer one.
-- unscoped: the check compares every member of a hand-over list
SELECT m.id, CASE WHEN (SELECT count(*) FROM transfer_member_version v WHERE v.member = m.id AND v.version > m.version) = 0
       AND (SELECT count(*) FROM transfer_member_version v WHERE v.member = m.id AND v.version = m.version
       AND coalesce(v.request, 0) = coalesce(m.request, 0) AND coalesce(v.team, 0) = coalesce(m.team, 0)
       AND v.original_on = m.original_on AND coalesce(v.waits_until, '') = coalesce(m.waits_until, '')
       AND coalesce(v.agreed_resident, '') = coalesce(m.agreed_resident, '')
       AND coalesce(v.agreed_provider, '') = coalesce(m.agreed_provider, '')
       AND coalesce(v.agreed_team, '') = coalesce(m.agreed_team, '')
       AND coalesce(v.informed_on, '') = coalesce(m.informed_on, '')
       AND coalesce(v.not_informed, '') = coalesce(m.not_informed, '')
       AND coalesce(v.outcome, '') = coalesce(m.outcome, '') AND coalesce(v.outcome_on, '') = coalesce(m.outcome_on, '')
       AND coalesce(v.kept_worker, -1) = coalesce(m.kept_worker, -1)
       AND coalesce(v.exception, '') = coalesce(m.exception, '')
       AND coalesce(v.exception_until, '') = coalesce(m.exception_until, '')) > 0 THEN 1 ELSE 0 END
  FROM transfer_member m WHERE m.id > $1 ORDER BY m.id LIMIT 100;

-- partner_after(id int) -> (id int, version int, stage text, ended_on date?)
SELECT id, version, stage, ended_on FROM partner WHERE id > $1 ORDER BY id LIMIT 100;

-- agreement_after(id int) -> (id int, version int, kept int?, judged_on date?, ends_on date?)
SELECT id, version, kept, judged_on, ends_on FROM agreement WHERE id > $1 ORDER BY id LIMIT 100;

-- place_after(id int) -> (id int, version int, opened_on date?, closed_on date?)
SELECT id, version, opened_on, closed_on FROM place WHERE id > $1 ORDER BY id LIMIT 100;

-- hour_after(id int) -> (id int, version int, last_day date?)
SELECT id, version, last_day FROM walk_in_hour WHERE id > $1 ORDER BY id LIMIT 100;

-- presence_after(id int) -> (id int, version int, state text, reason text?, visitors int?, solved int, requests int,
--   unhandled int, questions int)
SELECT id, version, state, reason, visitors, solved, requests, unhandled, questions FROM presence
 WHERE id > $1 ORDER BY id LIMIT 100;

-- group_after(id int) -> (id int, version int, stopped bool)
SELECT id, version, stopped FROM group_programme WHERE id > $1 ORDER BY id LIMIT 100;

-- worker_after(id int) -> (id int, same bool)
-- A worker of an import that nobody changed yet has no versions.
SELECT w.id, CASE WHEN (SELECT count(*) FROM worker_version v WHERE v.worker = w.id AND v.version > w.version) = 0
       AND ((w.version = 0 AND (SELECT count(*) FROM worker_version v WHERE v.worker = w.id) = 0)
        OR (SELECT count(*) FROM worker_version v WHERE v.worker = w.id AND v.version = w.version AND v.name = w.name
       AND coalesce(v.team, 0) = coalesce(w.team, 0) AND coalesce(v.discipline, '') = coalesce(w.discipline, '')
       AND coalesce(v.others, '') = coalesce(w.others, '') AND coalesce(v.employer, 0) = coalesce(w.employer, 0)
       AND coalesce(v.contract, '') = coalesce(w.contract, '') AND coalesce(v.languages, '') = coalesce(w.languages, '')
       AND coalesce(v.gender, '') = coalesce(w.gender, '') AND coalesce(v.room, -1) = coalesce(w.room, -1)
       AND coalesce(v.started_on, '') = coalesce(w.started_on, '') AND coalesce(v.ended_on, '') = coalesce(w.ended_on, '')
       AND coalesce(v.takeover, '') = coalesce(w.takeover, '')) > 0) THEN 1 ELSE 0 END
  FROM worker w WHERE w.id > $1 ORDER BY w.id LIMIT 100;

-- absence_after(id int) -> (id int, same bool)
SELECT a.id, CASE WHEN (SELECT count(*) FROM absence_version v WHERE v.absence = a.id AND v.version > a.version) = 0
       AND (SELECT count(*) FROM absence_version v WHERE v.absence = a.id AND v.version = a.version AND v.kind = a.kind
       AND v.from_day = a.from_day AND coalesce(v.until_day, '') = coalesce(a.until_day, '')
       AND coalesce(v.ended_day, '') = coalesce(a.ended_day, '') AND v.removed = a.removed) > 0 THEN 1 ELSE 0 END
  FROM absence a WHERE a.id > $1 ORDER BY a.id LIMIT 100;
