-- SPDX-License-Identifier: EUPL-1.2
-- The waiting list: one row a request that has been asked and not yet started. One statement a sort order, each walking
-- an index in that order; the filters are the same everywhere. The order of turns is merged in register/waiting_list.c
-- from one stream a class.

-- @define from
SELECT s.request, s.person, s.version, s.state, s.urgency, s.team, s.neighbourhood, s.worker, s.received_at, s.heard_at,
       s.attempts, s.listed, s.paused_at, s.paused_until, s.call_at, s.called_at, s.wmo, s.bridge, s.bridged
  FROM standing s

-- @define filter
   AND ($2 IS NULL OR s.neighbourhood = $2) AND ($3 IS NULL OR s.urgency = $3)
   AND ($4 IS NULL OR @call_due) AND ($6 = 0 OR s.listed = 1)
   AND ($7 IS NULL OR s.received_at < CASE s.urgency WHEN 4 THEN $7 WHEN 3 THEN $8 WHEN 2 THEN $9 ELSE $10 END)
   AND ($11 = 0 OR s.paused_at IS NOT NULL)

-- @define call_due
(s.heard_at < $4 OR s.call_at < $5 OR s.listed = 1)

-- waiting_by_order(team int?, neighbourhood int?, urgency int?, heard_before time?, call_before time?, listed bool,
--   over_emergency time?, over_soon time?, over_normal time?, over_later time?, parked bool, max int, skip int)
--   -> (request int, person int?, version int, state text, urgency int, team int?, neighbourhood int?, worker int?,
--   received_at time, heard_at time, attempts int, listed bool, paused_at time?, paused_until time?, call_at time?,
--   called_at time?, wmo bool, bridge text?, bridged int)
-- scan: walks the index of those who wait, in this order, until the page is full
-- Who asked first stands first. call_due is the one definition of who must be called: not spoken to for too long, or a call
-- was agreed, or put on the list by hand (register/call_round.h).
@from
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) @filter
 ORDER BY s.received_at, s.request LIMIT $12 OFFSET $13;

-- waiting_by_newest like waiting_by_order
-- scan: walks the index of those who wait, in this order, until the page is full
@from
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) @filter
 ORDER BY s.received_at DESC, s.request DESC LIMIT $12 OFFSET $13;

-- waiting_by_heard like waiting_by_order
-- scan: walks the index of those who wait, in this order, until the page is full
-- Who has heard nothing the longest stands first.
@from
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) @filter
 ORDER BY s.heard_at, s.request LIMIT $12 OFFSET $13;

-- waiting_turns(team int?, neighbourhood int?, urgency int, heard_before time?, call_before time?, listed bool,
--   over_emergency time?, over_soon time?, over_normal time?, over_later time?, parked bool, max int, wmo bool)
--   -> (request int, received_at time)
-- One stream of the list, in the order of asking (register/list_order.h).
SELECT s.request, s.received_at
  FROM standing s
 WHERE s.waiting = 1 AND s.urgency = $3 AND s.wmo = $13 AND ($1 IS NULL OR s.team = $1) AND @visible(s) @filter
 ORDER BY s.received_at, s.request LIMIT $12;

-- waiting_team_turns like waiting_turns
SELECT s.request, s.received_at
  FROM standing s
 WHERE s.waiting = 1 AND s.team = $1 AND s.urgency = $3 AND s.wmo = $13 AND @visible(s) @filter
 ORDER BY s.received_at, s.request LIMIT $12;

-- waiting_one(request int) like waiting_by_order
@from
 WHERE s.waiting = 1 AND s.request = $1 AND @visible(s);

-- waiting_ahead(team int?, urgency int, wmo bool, received_before time, request_before int, again_before time)
--   -> one (n int)
-- How many of a stream stand before someone, and could be given a turn: without a worker, and not parked.
-- unscoped: a number, nothing about anyone
SELECT count(*)
  FROM standing s
 WHERE s.waiting = 1 AND s.urgency = $2 AND s.wmo = $3 AND s.received_at <= $4
   AND (s.received_at < $4 OR s.request < $5) AND ($1 IS NULL OR s.team = $1)
   AND s.worker IS NULL AND (s.paused_at IS NULL OR s.paused_until < $6);

-- waiting_counts(team int?, neighbourhood int?, urgency int?, heard_before time, call_before time, over_emergency time,
--   over_soon time, over_normal time, over_later time, again_before time)
--   -> one (all_n int, to_call int, listed int, over_norm int, parked int, again int)
-- scan: counts those who wait, who have an index of their own
-- How many there are in each part of the list; again: parked until a day that has come.
SELECT count(*), count(CASE WHEN @call_due THEN 1 END), count(CASE WHEN s.listed = 1 THEN 1 END),
       count(CASE WHEN s.received_at < CASE s.urgency WHEN 4 THEN $6 WHEN 3 THEN $7 WHEN 2 THEN $8 ELSE $9 END THEN 1 END),
       count(CASE WHEN s.paused_at IS NOT NULL THEN 1 END), count(CASE WHEN s.paused_until < $10 THEN 1 END)
  FROM standing s
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s)
   AND ($2 IS NULL OR s.neighbourhood = $2) AND ($3 IS NULL OR s.urgency = $3);

-- waiting_person(person int) like waiting_by_order
-- The waiting requests of one person: what a search by name shows.
@from
 WHERE s.waiting = 1 AND s.person = $1 AND @visible(s)
 ORDER BY s.received_at, s.request;

-- call_next(team int?, mine int?, day_begins time, heard_before time, call_before time, taken_after time)
--   -> (request int, version int)
-- scan: walks those who wait until the best one is found
-- Who is called next: must be called (call_due), was not tried yet today, and nobody else is calling them. An agreed call
-- comes first, then the longest silence; who was put off today comes last.
SELECT s.request, s.version
  FROM standing s LEFT JOIN call_turn t ON t.request = s.request
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) AND @call_due
   AND (s.called_at IS NULL OR s.called_at < $3)
   AND (t.taken_at IS NULL OR t.taken_at < $6 OR t.account IS NULL OR t.account = $2)
 ORDER BY CASE WHEN t.skipped_at >= $3 THEN t.skipped_at ELSE '' END, CASE WHEN s.call_at < $5 THEN 0 ELSE 1 END, s.heard_at,
       s.request
 LIMIT 1;

-- call_round_counts(team int?, day_begins time, late_before time, heard_before time, call_before time)
--   -> one (due int, open int, late int, spoken int, missed int)
-- scan: counts those who wait, who have an index of their own
-- due: must be called; open: of those, not tried yet today; late: past the contact norm. Today: spoken to, and tried in
-- vain.
SELECT count(CASE WHEN @call_due THEN 1 END),
       count(CASE WHEN @call_due AND (s.called_at IS NULL OR s.called_at < $2) THEN 1 END),
       count(CASE WHEN s.heard_at < $3 THEN 1 END), count(CASE WHEN s.called_at >= $2 AND s.heard_at >= $2 THEN 1 END),
       count(CASE WHEN s.called_at >= $2 AND s.heard_at < $2 THEN 1 END)
  FROM standing s
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s);

-- call_round_rows(team int?, until time, max int, heard_before time, call_before time)
--   -> (request int, person int?, version int, state text, urgency int, team int?, neighbourhood int?, worker int?,
--   received_at time, heard_at time, attempts int, listed bool, paused_at time?, paused_until time?, call_at time?,
--   called_at time?, wmo bool, bridge text?, bridged int, taken_at time?, skipped_at time?, caller text?)
-- scan: walks those who wait, longest silence first
-- For the next shift: everyone who must be called, and who was promised a call before `until`.
SELECT s.request, s.person, s.version, s.state, s.urgency, s.team, s.neighbourhood, s.worker, s.received_at, s.heard_at,
       s.attempts, s.listed, s.paused_at, s.paused_until, s.call_at, s.called_at, s.wmo, s.bridge, s.bridged, t.taken_at,
       t.skipped_at, a.name
  FROM standing s LEFT JOIN call_turn t ON t.request = s.request LEFT JOIN account a ON a.id = t.account
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) AND (@call_due OR s.call_at < $2)
 ORDER BY s.heard_at, s.request LIMIT $3;

-- call_turn_get(request int) -> (account int?, taken_at time?, skipped_at time?, caller text?)
-- unscoped: called for a request that request_get has checked
SELECT t.account, t.taken_at, t.skipped_at, a.name
  FROM call_turn t LEFT JOIN account a ON a.id = t.account WHERE t.request = $1;

-- call_turn_put(request int, account int?, taken_at time?, skipped_at time?)
-- unscoped: a write, checked by the register
INSERT INTO call_turn (request, account, taken_at, skipped_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (request) DO UPDATE SET account = excluded.account, taken_at = excluded.taken_at, skipped_at = excluded.skipped_at;
