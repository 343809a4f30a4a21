-- SPDX-License-Identifier: EUPL-1.2
-- The data base's own check of itself.

-- integrity_check() -> (result text)
PRAGMA integrity_check;
-- @postgres
SELECT 'ok'::text;

-- foreign_key_check() -> (tbl text, id int)
PRAGMA foreign_key_check;
-- @postgres
SELECT 'none'::text, 0::bigint WHERE false;

-- standing_after(request int) -> (request int, version int, state text, waiting bool, team int?, worker int?, urgency int,
--   received_at time, heard_at time, attempts int, listed bool, paused_at time?, started_at time?, ended_at time?,
--   sealed bool, office bool, merged int?, paused_until time?, call_at time?, called_at time?, urgent_at time?,
--   protected_at time?, wmo bool, bridge text?, bridged int, left_at time?, left_reason text?,
--   weight int?, accepted bool)
-- unscoped: the check compares every standing with its events, a thousand at a time
SELECT request, version, state, waiting, team, worker, urgency, received_at, heard_at, attempts, listed, paused_at,
       started_at, ended_at, sealed, office, merged, paused_until, call_at, called_at, urgent_at, protected_at, wmo, bridge,
       bridged, left_at, left_reason, weight, accepted
  FROM standing WHERE request > $1 ORDER BY request LIMIT 1000;
