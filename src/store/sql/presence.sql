-- SPDX-License-Identifier: EUPL-1.2
-- Presence: consultation hours, their sessions and the tally.

-- hour_insert(version int, place int, team int, weekday int, starts int, ends int, every_weeks int, first_day date,
--   last_day date?, recorded_at time, account int?) -> one (id int)
INSERT INTO walk_in_hour (version, place, team, weekday, starts, ends, every_weeks, first_day, last_day, recorded_at, account)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id;

-- hour_end(id int, version int, last_day date)
UPDATE walk_in_hour SET version = $2, last_day = $3 WHERE id = $1;

-- hour_get(id int) -> one (id int, version int, place int, place_name text, team int, weekday int, starts int, ends int,
--   every_weeks int, first_day date, last_day date?)
SELECT h.id, h.version, h.place, p.name, h.team, h.weekday, h.starts, h.ends, h.every_weeks, h.first_day, h.last_day
  FROM walk_in_hour h JOIN place p ON p.id = h.place
 WHERE h.id = $1;

-- hour_all(place int?, team int?) -> (id int, version int, place int, place_name text, team int, weekday int, starts int,
--   ends int, every_weeks int, first_day date, last_day date?)
-- scan: every plan of the town, some tens; sums and the calendar file need all of them
SELECT h.id, h.version, h.place, p.name, h.team, h.weekday, h.starts, h.ends, h.every_weeks, h.first_day, h.last_day
  FROM walk_in_hour h JOIN place p ON p.id = h.place
 WHERE ($1 IS NULL OR h.place = $1) AND ($2 IS NULL OR h.team = $2)
 ORDER BY h.weekday, h.starts, p.name, h.id;

-- presence_insert(version int, hour int?, place int, team int, day date, starts int, ends int, state text) -> one (id int)
INSERT INTO presence (version, hour, place, team, day, starts, ends, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING id;

-- presence_put(id int, version int, state text, reason text?, by_whom text?, told_at time?, moved_to int?, held_from int?,
--   held_to int?, visitors int?, workers int)
UPDATE presence SET version = $2, state = $3, reason = $4, by_whom = $5, told_at = $6, moved_to = $7, held_from = $8,
       held_to = $9, visitors = $10, workers = $11
 WHERE id = $1;

-- @define columns
SELECT s.id, s.version, s.hour, s.place, p.name, p.neighbourhood, s.team, s.day, s.starts, s.ends, s.state, s.reason, s.by_whom,
       s.told_at, s.moved_to, s.held_from, s.held_to, s.visitors, s.workers, s.solved, s.requests, s.unhandled, s.questions
  FROM presence s JOIN place p ON p.id = s.place

-- presence_get(id int) -> one (id int, version int, hour int?, place int, place_name text, neighbourhood int, team int, day date,
--   starts int, ends int, state text, reason text?, by_whom text?, told_at time?, moved_to int?, held_from int?, held_to int?,
--   visitors int?, workers int, solved int, requests int, unhandled int, questions int)
@columns
 WHERE s.id = $1;

-- presence_of_hour(hour int, day date) -> (id int)
SELECT id FROM presence WHERE hour = $1 AND day = $2;

-- presence_between(first_day date, last_day date, place int?, team int?) -> (id int, version int, hour int?, place int,
--   place_name text, neighbourhood int, team int, day date, starts int, ends int, state text, reason text?, by_whom text?,
--   told_at time?, moved_to int?, held_from int?, held_to int?, visitors int?, workers int, solved int, requests int,
--   unhandled int, questions int)
@columns
 WHERE s.day >= $1 AND s.day <= $2 AND ($3 IS NULL OR s.place = $3) AND ($4 IS NULL OR s.team = $4)
 ORDER BY s.day, s.starts, s.id;

-- presence_worker_insert(presence int, worker int)
INSERT INTO presence_worker (presence, worker) VALUES ($1, $2) ON CONFLICT (presence, worker) DO NOTHING;

-- presence_worker_clear(presence int)
DELETE FROM presence_worker WHERE presence = $1;

-- presence_workers(presence int) -> (worker int, name text)
SELECT w.worker, k.name FROM presence_worker w JOIN worker k ON k.id = w.worker WHERE w.presence = $1 ORDER BY k.name;

-- presence_worker_choice(team int, day date) -> (id int, name text)
SELECT id, name FROM worker
 WHERE team = $1 AND (started_on IS NULL OR started_on <= $2) AND (ended_on IS NULL OR ended_on >= $2) ORDER BY name, id;

-- presence_question_insert(presence int, outcome text, topic text?, request int?, undoes int?, occurred_at time,
--   recorded_at time, account int?) -> one (seq int)
INSERT INTO presence_question (presence, seq, outcome, topic, request, undoes, occurred_at, recorded_at, account)
SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM presence_question WHERE presence = $1
RETURNING seq;

-- presence_questions(presence int) -> (seq int, outcome text, topic text?, request int?, undoes int?, occurred_at time,
--   recorded_at time, account int?)
SELECT seq, outcome, topic, request, undoes, occurred_at, recorded_at, account FROM presence_question
 WHERE presence = $1 ORDER BY seq;

-- presence_count(id int)
-- The counts are computed from the tally, whenever a question is added or taken back.
UPDATE presence SET
       solved = (SELECT count(*) FROM presence_question q WHERE q.presence = presence.id AND q.outcome = 'solved'
           AND NOT EXISTS (SELECT 1 FROM presence_question u WHERE u.presence = q.presence AND u.undoes = q.seq)),
       requests = (SELECT count(*) FROM presence_question q WHERE q.presence = presence.id AND q.outcome = 'request'
           AND NOT EXISTS (SELECT 1 FROM presence_question u WHERE u.presence = q.presence AND u.undoes = q.seq)),
       unhandled = (SELECT count(*) FROM presence_question q WHERE q.presence = presence.id AND q.outcome = 'unhandled'
           AND NOT EXISTS (SELECT 1 FROM presence_question u WHERE u.presence = q.presence AND u.undoes = q.seq)),
       questions = (SELECT count(*) FROM presence_question q WHERE q.presence = presence.id AND q.outcome <> 'undone'
           AND NOT EXISTS (SELECT 1 FROM presence_question u WHERE u.presence = q.presence AND u.undoes = q.seq))
 WHERE id = $1;

-- presence_unhandled_put(presence int, raised_at time, unhandled int)
INSERT INTO presence_unhandled (presence, raised_at, unhandled) VALUES ($1, $2, $3)
    ON CONFLICT (presence) DO UPDATE SET unhandled = excluded.unhandled;

-- presence_unhandled_drop(presence int)
-- The tally was corrected: nothing was left after all. One that became a signal stays.
DELETE FROM presence_unhandled WHERE presence = $1 AND signal IS NULL;

-- presence_unhandled_since(since time) -> (presence int, raised_at time, unhandled int, signal int?)
SELECT presence, raised_at, unhandled, signal FROM presence_unhandled WHERE raised_at >= $1 ORDER BY raised_at, presence;

-- presence_unhandled_get(presence int) -> (signal int?)
SELECT signal FROM presence_unhandled WHERE presence = $1;

-- presence_signal_of(place int) -> (signal int)
-- The last signal about questions that did not fit at this place.
SELECT u.signal FROM presence s JOIN presence_unhandled u ON u.presence = s.id
 WHERE s.place = $1 AND u.signal IS NOT NULL ORDER BY s.day DESC, u.signal DESC LIMIT 1;

-- presence_unhandled_take(presence int, signal int)
UPDATE presence_unhandled SET signal = $2 WHERE presence = $1 AND signal IS NULL;

-- presence_reach(first time, last time) -> (neighbourhood int?, requests int)
-- How many people asked, by where they live.
-- unscoped: counts by neighbourhood, no person
SELECT neighbourhood, count(*) FROM standing
 WHERE received_at >= $1 AND received_at <= $2 AND merged IS NULL GROUP BY neighbourhood;
