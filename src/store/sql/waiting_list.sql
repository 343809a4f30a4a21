-- SPDX-License-Identifier: EUPL-1.2
-- The waiting list: one row a request that has been asked and not yet started. One statement a sort order, each walking
-- an index in that order; the filters are the same everywhere.

-- @define from
SELECT s.request, s.person, s.state, s.urgency, s.team, s.neighbourhood, s.worker, s.received_at, s.heard_at, s.attempts,
       s.listed, s.paused_at
  FROM standing s

-- @define filter
   AND ($2 IS NULL OR s.neighbourhood = $2) AND ($3 IS NULL OR s.urgency = $3)
   AND ($4 IS NULL OR s.heard_at < $4) AND ($5 = 0 OR s.listed = 1)
   AND ($6 IS NULL OR s.received_at < CASE s.urgency WHEN 4 THEN $6 WHEN 3 THEN $7 WHEN 2 THEN $8 ELSE $9 END)

-- waiting_by_order(team int?, neighbourhood int?, urgency int?, heard_before time?, listed bool, over_emergency time?,
--   over_soon time?, over_normal time?, over_later time?, max int, skip int) -> (request int, person int?, state text,
--   urgency int, team int?, neighbourhood int?, worker int?, received_at time, heard_at time, attempts int, listed bool,
--   paused_at time?)
-- scan: walks the index of those who wait, in this order, until the page is full
-- Order: class, then who asked first.
@from
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) @filter
 ORDER BY s.urgency DESC, s.received_at, s.request LIMIT $10 OFFSET $11;

-- waiting_team_by_order like waiting_by_order
@from
 WHERE s.waiting = 1 AND s.team = $1 AND @visible(s) @filter
 ORDER BY s.urgency DESC, s.received_at, s.request LIMIT $10 OFFSET $11;

-- waiting_by_received like waiting_by_order
-- scan: walks the index of those who wait, in this order, until the page is full
-- Who asked first stands first.
@from
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) @filter
 ORDER BY s.received_at, s.request LIMIT $10 OFFSET $11;

-- waiting_by_newest like waiting_by_order
-- scan: walks the index of those who wait, in this order, until the page is full
@from
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) @filter
 ORDER BY s.received_at DESC, s.request DESC LIMIT $10 OFFSET $11;

-- waiting_by_heard like waiting_by_order
-- scan: walks the index of those who wait, in this order, until the page is full
-- Who has heard nothing the longest stands first.
@from
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s) @filter
 ORDER BY s.heard_at, s.request LIMIT $10 OFFSET $11;

-- waiting_counts(team int?, neighbourhood int?, urgency int?, heard_before time, over_emergency time, over_soon time,
--   over_normal time, over_later time) -> one (all_n int, to_call int, listed int, over_norm int)
-- scan: counts those who wait, who have an index of their own
-- How many there are in each part of the list.
SELECT count(*), count(CASE WHEN s.heard_at < $4 THEN 1 END), count(CASE WHEN s.listed = 1 THEN 1 END),
       count(CASE WHEN s.received_at < CASE s.urgency WHEN 4 THEN $5 WHEN 3 THEN $6 WHEN 2 THEN $7 ELSE $8 END THEN 1 END)
  FROM standing s
 WHERE s.waiting = 1 AND ($1 IS NULL OR s.team = $1) AND @visible(s)
   AND ($2 IS NULL OR s.neighbourhood = $2) AND ($3 IS NULL OR s.urgency = $3);

-- waiting_person(person int) like waiting_by_order
-- The waiting requests of one person: what a search by name shows.
@from
 WHERE s.waiting = 1 AND s.person = $1 AND @visible(s)
 ORDER BY s.received_at, s.request;
