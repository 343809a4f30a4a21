-- SPDX-License-Identifier: EUPL-1.2
-- What the waiting list, the call round and the urgent path need to know of a request. Computed from its events like the
-- rest of standing: until when it is paused, the agreed moment of the next call, the last call, since when it is an
-- emergency, the first protective action, whether it is a Wmo report, what help was offered for the time of waiting
-- (2: accepted), when it left the list and why.
ALTER TABLE standing ADD COLUMN paused_until TEXT;
ALTER TABLE standing ADD COLUMN call_at TEXT;
ALTER TABLE standing ADD COLUMN called_at TEXT;
ALTER TABLE standing ADD COLUMN urgent_at TEXT;
ALTER TABLE standing ADD COLUMN protected_at TEXT;
ALTER TABLE standing ADD COLUMN wmo INTEGER NOT NULL DEFAULT 0;
ALTER TABLE standing ADD COLUMN bridge TEXT;
ALTER TABLE standing ADD COLUMN bridged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE standing ADD COLUMN left_at TEXT;
ALTER TABLE standing ADD COLUMN left_reason TEXT;

-- Registers of before this step: the same from the events (state.c does it from now on). No event of then could be undone.
UPDATE standing SET left_at = coalesce(started_at, ended_at) WHERE waiting = 0;
UPDATE standing SET left_reason = CASE WHEN started_at IS NOT NULL THEN 'started' ELSE
       (SELECT e.reason FROM event e WHERE e.request = standing.request AND e.kind IN ('closed', 'redirected')
         ORDER BY e.occurred_at, e.seq LIMIT 1) END
 WHERE left_at IS NOT NULL;
UPDATE standing SET paused_until = (SELECT e.until FROM event e WHERE e.request = standing.request AND e.kind = 'paused'
       ORDER BY e.occurred_at DESC, e.seq DESC LIMIT 1) WHERE paused_at IS NOT NULL;
UPDATE standing SET called_at = (SELECT max(e.occurred_at) FROM event e WHERE e.request = standing.request
       AND e.kind IN ('call_reached', 'call_attempted'));
UPDATE standing SET call_at = (SELECT e.until FROM event e WHERE e.request = standing.request
       AND (e.kind = 'call_reached' OR (e.kind = 'call_attempted' AND e.until IS NOT NULL))
       ORDER BY e.occurred_at DESC, e.seq DESC LIMIT 1);
UPDATE standing SET urgent_at = CASE WHEN (SELECT count(*) FROM event e WHERE e.request = standing.request
       AND e.urgency IN (1, 2, 3)) = 0 THEN received_at ELSE (SELECT min(e.occurred_at) FROM event e
       WHERE e.request = standing.request AND e.urgency = 4) END
 WHERE urgency = 4;
UPDATE standing SET bridged = 1, bridge = (SELECT e.reason FROM event e WHERE e.request = standing.request
       AND e.kind = 'bridged' ORDER BY e.occurred_at DESC, e.seq DESC LIMIT 1)
 WHERE EXISTS (SELECT 1 FROM event e WHERE e.request = standing.request AND e.kind = 'bridged');

-- The list is read by class, and for each class those with and without a Wmo report, in the order of asking.
DROP INDEX standing_order;
DROP INDEX standing_team_order;
CREATE INDEX standing_turn ON standing (urgency, wmo, received_at, request) WHERE waiting = 1;
CREATE INDEX standing_team_turn ON standing (team, urgency, wmo, received_at, request) WHERE waiting = 1;
CREATE INDEX standing_urgent ON standing (urgent_at, request) WHERE waiting = 1 AND urgent_at IS NOT NULL;
CREATE INDEX standing_parked ON standing (paused_until, request) WHERE waiting = 1 AND paused_until IS NOT NULL;
CREATE INDEX standing_asked ON standing (received_at);
CREATE INDEX standing_left ON standing (left_at, received_at) WHERE left_at IS NOT NULL;
CREATE INDEX standing_there ON standing (received_at) WHERE left_at IS NULL;

-- Who is being called now, and by whom; who was put off for later in this round. Not part of what happened: it may be lost.
CREATE TABLE call_turn (
    request    INTEGER NOT NULL PRIMARY KEY REFERENCES request (id),
    account    INTEGER,
    taken_at   TEXT,
    skipped_at TEXT
) STRICT;
