-- SPDX-License-Identifier: EUPL-1.2
-- The register as plain tables for whoever wants to count again: one text a row, fields with | between. No names of residents,
-- no free text. Persons are numbers that tell nothing; joined persons have one number.

-- export_requests() => (line text)
-- scan: every request goes out
-- unscoped: for who may export everything; names nobody
SELECT r.id || '|' || coalesce(coalesce(l.into_person, r.person) || '', '') || '|' || r.received_at || '|' || r.recorded_at || '|' ||
       coalesce(r.channel, '') || '|' || coalesce(r.route, '') || '|' || coalesce(r.category, '') || '|' || coalesce(r.neighbourhood || '', '')
  FROM request r LEFT JOIN person_link l ON l.person = r.person AND l.ended_at IS NULL ORDER BY r.id;

-- export_events() like export_requests
-- scan: every event goes out
-- unscoped: for who may export everything; names nobody
SELECT request || '|' || seq || '|' || kind || '|' || occurred_at || '|' || recorded_at || '|' || coalesce(team || '', '') || '|' ||
       coalesce(worker || '', '') || '|' || coalesce(urgency || '', '') || '|' || coalesce(reason, '') || '|' || coalesce(until, '') || '|' ||
       coalesce(number || '', '') || '|' || coalesce(object || '', '')
  FROM event ORDER BY request, seq;

-- export_help_lines() like export_requests
-- scan: every line of help goes out
-- unscoped: for who may export everything; names nobody
SELECT id || '|' || request || '|' || seq || '|' || kind FROM help_line ORDER BY id;

-- export_plans() like export_requests
-- scan: every plan goes out
-- unscoped: for who may export everything; names nobody
SELECT request || '|' || seq || '|' || main || '|' || evaluate_on FROM support_plan ORDER BY request, seq;

-- export_closings() like export_requests
-- scan: every closing goes out
-- unscoped: for who may export everything; names nobody
SELECT request || '|' || seq || '|' || alone || '|' || where_to || '|' || experience FROM closing ORDER BY request, seq;

-- export_goals() like export_requests
-- scan: every judgement goes out
-- unscoped: for who may export everything; names nobody
SELECT request || '|' || seq || '|' || number || '|' || by_resident || '|' || by_worker FROM evaluation_goal ORDER BY request, seq, number;

-- export_areas() like export_requests
-- scan: every score goes out
-- unscoped: for who may export everything; names nobody
SELECT request || '|' || seq || '|' || area || '|' || level FROM area_score ORDER BY request, seq, area;

-- export_intakes() like export_requests
-- scan: every intake goes out
-- unscoped: for who may export everything; names nobody
SELECT request || '|' || coalesce(carer, '') FROM intake ORDER BY request;

-- export_calls() like export_requests
-- scan: every call goes out
SELECT offered_at || '|' || abandoned || '|' || seconds FROM phone_call ORDER BY offered_at, id;

-- export_contacts() like export_requests
-- scan: every contact goes out
-- unscoped: for who may export everything; names nobody
SELECT c.id || '|' || coalesce(c.person || '', '') || '|' || c.occurred_at || '|' || coalesce(c.team || '', '') || '|' ||
       coalesce(c.neighbourhood || '', '') || '|' || c.channel || '|' || coalesce(c.failure, '') || '|' || c.withdrawn
  FROM contact c ORDER BY c.id;

-- export_questions() like export_requests
-- scan: every question goes out
-- unscoped: for who may export everything; names nobody
SELECT contact || '|' || seq || '|' || topic || '|' || outcome FROM contact_question ORDER BY contact, seq;

-- export_callbacks() like export_requests
-- scan: every call-back goes out
-- unscoped: for who may export everything; names nobody
SELECT promised_at || '|' || coalesce(by_day, '') || '|' || state || '|' || coalesce(done_at, '') || '|' || coalesce(team || '', '')
  FROM callback ORDER BY id;

-- export_sessions() like export_requests
-- scan: every consultation hour goes out
SELECT s.day || '|' || s.starts || '|' || s.ends || '|' || coalesce(s.held_from || '', '') || '|' || coalesce(s.held_to || '', '') || '|' ||
       coalesce(s.hour || '', '') || '|' || s.state || '|' || s.team || '|' || s.place || '|' || s.solved || '|' || s.requests || '|' ||
       s.unhandled || '|' || s.questions
  FROM presence s ORDER BY s.id;

-- export_complaints() like export_requests
-- scan: every complaint goes out
-- unscoped: for who may export everything; names nobody
SELECT id || '|' || regime || '|' || category || '|' || coalesce(team || '', '') || '|' || received_at FROM complaint ORDER BY id;

-- export_history() like export_requests
-- scan: every step goes out
-- unscoped: for who may export everything; kinds and moments, no text
SELECT object || '|' || object_id || '|' || seq || '|' || kind || '|' || occurred_at || '|' || coalesce(number || '', '') || '|' ||
       coalesce(reason, '') || '|' || coalesce(until, '')
  FROM history ORDER BY object, object_id, seq;

-- export_signals() like export_requests
-- scan: every signal goes out
-- unscoped: for who may export everything; names nobody
SELECT id || '|' || topic || '|' || severity || '|' || reporter || '|' || coalesce(neighbourhood || '', '') || '|' || received_at || '|' ||
       coalesce(answered_at, '')
  FROM signal ORDER BY id;

-- export_incidents() like export_requests
-- scan: every incident goes out
-- unscoped: for who may export everything; names nobody
SELECT id || '|' || kind || '|' || found_at || '|' || recorded_at || '|' || coalesce(closed_at, '') FROM incident ORDER BY id;

-- export_agreements() like export_requests
-- scan: every agreement goes out
SELECT starts_on || '|' || coalesce(ends_on, '') || '|' || coalesce(kept || '', '') || '|' || coalesce(judged_on, '') FROM agreement ORDER BY id;

-- export_referrals() like export_requests
-- scan: every referral goes out
-- unscoped: for who may export everything; names nobody
SELECT direction || '|' || request || '|' || occurred_at || '|' || consent || '|' || multi_problem || '|' || stays || '|' ||
       coalesce(answered_at, '')
  FROM referral ORDER BY id;

-- export_transfers() like export_requests
-- scan: everybody on a hand-over list goes out
-- unscoped: for who may export everything; names nobody
SELECT t.starts_on || '|' || coalesce(m.agreed_resident, '') || '|' || coalesce(m.agreed_provider, '') || '|' ||
       coalesce(m.agreed_team, '') || '|' || coalesce(m.outcome, '') || '|' || coalesce(m.outcome_on, '') || '|' ||
       coalesce(m.kept_worker || '', '')
  FROM transfer_member m JOIN transfer t ON t.id = m.transfer ORDER BY m.id;

-- export_programmes() like export_requests
-- scan: every group goes out
SELECT id || '|' || kind || '|' || coalesce(team || '', '') || '|' || capacity || '|' || starts_on || '|' || ends_on
  FROM group_programme ORDER BY id;

-- export_participations() like export_requests
-- scan: everybody who took part goes out
-- unscoped: for who may export everything; names nobody
SELECT p.programme || '|' || p.request || '|' || p.seq || '|' ||
       (SELECT count(*) FROM attendance a WHERE a.participation = p.id AND a.present = 1) || '|' ||
       (SELECT count(*) FROM attendance a WHERE a.participation = p.id)
  FROM participation p ORDER BY p.id;

-- export_workers() like export_requests
-- scan: every worker goes out, without a name
SELECT id || '|' || coalesce(team || '', '') || '|' || coalesce(discipline, '') || '|' || coalesce(started_on, '') || '|' ||
       coalesce(ended_on, '') || '|' || coalesce(takeover, '')
  FROM worker ORDER BY id;

-- export_hours() like export_requests
-- scan: the hours of every worker go out
SELECT worker || '|' || seq || '|' || from_day || '|' || fte FROM worker_fte ORDER BY worker, from_day, seq;

-- export_established() like export_requests
-- scan: some rows a team
SELECT team || '|' || seq || '|' || from_day || '|' || fte FROM established_fte ORDER BY team, from_day, seq;

-- export_absences() like export_requests
-- scan: every absence goes out: dates and a kind, as they are kept
SELECT worker || '|' || kind || '|' || from_day || '|' || coalesce(until_day, '') || '|' || coalesce(ended_day, '')
  FROM absence WHERE removed = 0 ORDER BY id;

-- export_vacancies() like export_requests
-- scan: some tens of vacancies
SELECT team || '|' || discipline || '|' || opened_on || '|' || coalesce(closed_on, '') FROM vacancy ORDER BY id;

-- export_neighbourhoods() like export_requests
-- scan: some tens of neighbourhoods
SELECT id || '|' || replace(name, '|', '/') || '|' || coalesce(team || '', '') || '|' || coalesce(inhabitants || '', '')
  FROM neighbourhood ORDER BY id;

-- export_teams() like export_requests
-- scan: some teams
SELECT id || '|' || replace(name, '|', '/') FROM team ORDER BY id;

-- export_settings() like export_requests
-- scan: some tens of settings; texts of several lines stay behind
SELECT name || '|' || replace(value, '|', '/') FROM setting
 WHERE substr(name, 1, 5) = 'norm.' OR substr(name, 1, 7) IN ('office.', 'urgent.') OR substr(name, 1, 8) = 'arrival.' ORDER BY name;

-- export_closing_days() like export_requests
-- scan: some tens of days
SELECT day || '|' || replace(name, '|', '/') FROM closing_day ORDER BY day;

-- export_changes() like export_requests
-- scan: some tens of changes, without their notes
SELECT l.id || '|' || coalesce(l.team || '', '') || '|' || l.what || '|' || l.from_day || '|' || l.recorded_at || '|' ||
       coalesce(u.recorded_at, '')
  FROM list_change l LEFT JOIN list_change_undone u ON u.list_change = l.id ORDER BY l.id;

-- export_outside() like export_requests
-- scan: every answer goes out
-- unscoped: answers without persons
SELECT list || '|' || day || '|' || coalesce(due, '') || '|' || coalesce(done, '') || '|' || coalesce(checked, '') || '|' ||
       coalesce(number || '', '') || '|' || coalesce(known || '', '') || '|' || coalesce(kept || '', '') || '|' ||
       coalesce(replace(category, '|', ' '), '') || '|' || coalesce(team || '', '') || '|' || coalesce(neighbourhood || '', '') || '|' ||
       coalesce(channel, '')
  FROM outside_record ORDER BY day, id;
