-- SPDX-License-Identifier: EUPL-1.2
-- What indicators are computed from, beside the extract: moments, numbers and codes. Ids only tell which rows belong together
-- while the facts are filled (register/facts.h); nothing of a person is kept.

-- facts_lines() => (id int, request int, seq int, kind text)
-- scan: every line of help is counted
-- unscoped: the facts name nobody; figures are about everyone
SELECT id, request, seq, kind FROM help_line ORDER BY request, seq;

-- facts_plans() => (request int, seq int, main text, evaluate_on date)
-- scan: every plan is counted
-- unscoped: the facts name nobody; figures are about everyone
SELECT request, seq, main, evaluate_on FROM support_plan ORDER BY request, seq;

-- facts_closings() => (request int, seq int, alone text)
-- scan: every closing is counted
-- unscoped: the facts name nobody; figures are about everyone
SELECT request, seq, alone FROM closing ORDER BY request, seq;

-- facts_goals() => (request int, seq int, by_resident text, by_worker text)
-- scan: every goal is counted
-- unscoped: the facts name nobody; figures are about everyone
SELECT request, seq, by_resident, by_worker FROM evaluation_goal ORDER BY request, seq, number;

-- facts_areas() => (request int, seq int, area text, level int)
-- scan: every score is counted
-- unscoped: the facts name nobody; figures are about everyone
SELECT request, seq, area, level FROM area_score ORDER BY request, seq, area;

-- facts_carers() => (request int)
-- scan: every intake is counted
-- unscoped: the facts name nobody; figures are about everyone
SELECT request FROM intake WHERE carer IN ('yes', 'overloaded') ORDER BY request;

-- facts_closings_of(request int) like facts_closings
-- unscoped: the facts name nobody; figures are about everyone
SELECT request, seq, alone FROM closing WHERE request = $1 ORDER BY seq;

-- facts_goals_of(request int) like facts_goals
-- unscoped: the facts name nobody; figures are about everyone
SELECT request, seq, by_resident, by_worker FROM evaluation_goal WHERE request = $1 ORDER BY seq, number;

-- facts_areas_of(request int) like facts_areas
-- unscoped: the facts name nobody; figures are about everyone
SELECT request, seq, area, level FROM area_score WHERE request = $1 ORDER BY seq, area;

-- facts_carers_of(request int) like facts_carers
-- unscoped: the facts name nobody; figures are about everyone
SELECT request FROM intake WHERE request = $1 AND carer IN ('yes', 'overloaded');

-- facts_persons(at time) => (request int, person int)
-- Joined persons are one.
-- scan: every request is counted
-- unscoped: which requests are of one person; the number of the person is not kept
SELECT r.id, coalesce(l.into_person, r.person)
  FROM request r LEFT JOIN person_link l ON l.person = r.person AND l.ended_at IS NULL
 WHERE r.person IS NOT NULL AND r.received_at <= $1 ORDER BY r.id;

-- facts_calls(at time) => (offered_at time, abandoned bool, seconds int)
SELECT offered_at, abandoned, seconds FROM phone_call WHERE offered_at <= $1 ORDER BY offered_at;

-- facts_phone_counts(at date) => (day date, half_hour int, offered int, answered int, abandoned int, in_time int?)
SELECT day, half_hour, offered, answered, abandoned, in_time FROM phone_count WHERE day <= $1 ORDER BY day, half_hour;

-- facts_contacts(at time) => (id int, occurred_at time, person int?, team int?, neighbourhood int?, channel text, failure text?,
--   topic text?, open int)
-- By person, so that contacts of one person follow each other. open: questions that were not answered at once.
-- unscoped: which contacts are of one person; the number of the person is not kept
SELECT c.id, c.occurred_at, c.person, c.team, c.neighbourhood, c.channel, c.failure,
       (SELECT q.topic FROM contact_question q WHERE q.contact = c.id AND q.seq = 1),
       (SELECT count(*) FROM contact_question q WHERE q.contact = c.id AND q.outcome <> 'answered')
  FROM contact c WHERE c.withdrawn = 0 AND c.occurred_at <= $1
 ORDER BY coalesce(c.person, 0), c.occurred_at, c.id;

-- facts_callbacks(at time) => (id int, promised_at time, by_day date?, state text, done_at time?, team int?)
-- unscoped: moments, nothing about anyone
SELECT id, promised_at, by_day, state, done_at, team FROM callback WHERE promised_at <= $1 ORDER BY promised_at, id;

-- facts_sessions(at date) => (id int, day date, starts int, ends int, held_from int?, held_to int?, by_plan int?, state text, team int,
--   neighbourhood int, place text, workers int, solved int, requests int, unhandled int, questions int)
SELECT s.id, s.day, s.starts, s.ends, s.held_from, s.held_to, s.hour, s.state, s.team,
       (SELECT p.neighbourhood FROM place p WHERE p.id = s.place), (SELECT p.name FROM place p WHERE p.id = s.place), s.workers,
       s.solved, s.requests, s.unhandled, s.questions
  FROM presence s WHERE s.day <= $1 ORDER BY s.day, s.id;

-- facts_complaints(at time) -> (id int, regime text, category text, team int?, received_at time)
-- unscoped: the facts name nobody; figures are about everyone
SELECT id, regime, category, team, received_at FROM complaint WHERE received_at <= $1 ORDER BY received_at, id;

-- facts_complaint_steps(id int, at time) -> (seq int, kind text, occurred_at time, number int?, reason text?, until time?)
-- unscoped: kinds and moments of steps, no text
SELECT seq, kind, occurred_at, number, reason, until FROM history
 WHERE object = 'complaint' AND object_id = $1 AND occurred_at <= $2 ORDER BY seq;

-- facts_signals(at time) => (id int, received_at time, topic text, severity int, reporter text, neighbourhood int?, team int?,
--   answered_at time?)
-- By topic and place, so that those about the same thing follow each other.
-- unscoped: who told it only counts how many did; it is a mark, no name, and not kept
SELECT id, received_at, topic, severity, reporter, neighbourhood, team, answered_at
  FROM signal WHERE received_at <= $1 ORDER BY topic, coalesce(neighbourhood, 0), received_at, id;

-- facts_incidents(at time) => (id int, kind text, calamity bool, team int?, found_at time, recorded_at time, told_at time?,
--   closed_at time?, measures int)
-- unscoped: the facts name nobody
SELECT i.id, i.kind, i.calamity, i.team, i.found_at, i.recorded_at, i.told_at, i.closed_at,
       (SELECT count(*) FROM history h WHERE h.object = 'incident' AND h.object_id = i.id AND h.kind = 'measure')
  FROM incident i WHERE i.found_at <= $1 ORDER BY i.found_at, i.id;

-- facts_agreements(at date) => (id int, kind text, starts_on date, ends_on date?, kept int?, judged_on date?)
-- scan: some tens of agreements
SELECT a.id, p.kind, a.starts_on, a.ends_on, a.kept, a.judged_on FROM agreement a JOIN partner p ON p.id = a.partner
 WHERE a.starts_on <= $1 ORDER BY a.starts_on, a.id;

-- facts_referrals(at time) => (id int, request int, kind text, occurred_at time, consent bool, multi_problem bool, stays bool,
--   answered_at time?)
-- unscoped: the facts name nobody; figures are about everyone
SELECT r.id, r.request, p.kind, r.occurred_at, r.consent, r.multi_problem, r.stays, r.answered_at
  FROM referral r JOIN partner p ON p.id = r.partner WHERE r.direction = 'in' AND r.occurred_at <= $1
 ORDER BY r.request, r.id;

-- facts_transfers(at date) => (id int, provider text, starts_on date, due_on date, team int?, agreed_resident date?, agreed_provider date?,
--   agreed_team date?, outcome text?, outcome_on date?, kept_worker int?)
-- scan: everybody on a hand-over list is counted
-- unscoped: the facts name nobody; figures are about everyone
SELECT m.id, f.name, t.starts_on, t.due_on, coalesce(m.team, t.team), m.agreed_resident, m.agreed_provider, m.agreed_team, m.outcome,
       m.outcome_on, m.kept_worker
  FROM transfer t JOIN employer f ON f.id = t.from_employer JOIN transfer_member m ON m.transfer = t.id
 WHERE t.starts_on <= $1 ORDER BY t.starts_on, m.id;

-- facts_programmes(at date) => (id int, kind text, team int?, capacity int, starts_on date, ends_on date, took_part int, finished int)
-- Finished: came to at least half of the meetings that were held for them; of a group that is over.
-- scan: the groups of an organisation are tens
-- unscoped: counts; nothing about anyone
SELECT g.id, g.kind, g.team, g.capacity, g.starts_on, g.ends_on,
       (SELECT count(*) FROM participation p WHERE p.programme = g.id
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = p.request AND u.kind = 'undone' AND u.number = p.seq)),
       (SELECT count(*) FROM participation p WHERE p.programme = g.id AND g.ends_on < $1
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = p.request AND u.kind = 'undone' AND u.number = p.seq)
           AND (SELECT coalesce(sum(2 * a.present - 1), -1) FROM attendance a WHERE a.participation = p.id) >= 0)
  FROM group_programme g WHERE g.starts_on <= $1 ORDER BY g.starts_on, g.id;

-- facts_vacancies(at date) => (id int, team int, discipline text, opened_on date, closed_on date?)
-- scan: some tens of vacancies
SELECT id, team, discipline, opened_on, closed_on FROM vacancy WHERE opened_on <= $1 ORDER BY opened_on, id;

-- facts_established() -> (team int, from_day date, fte int)
-- scan: some rows a team
SELECT team, from_day, fte FROM established_fte ORDER BY team, from_day, seq;
