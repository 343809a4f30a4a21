-- SPDX-License-Identifier: EUPL-1.2
-- Who joined the waiting list and who left it, from the moments that state_list.c works out of the events.

-- flow_joined(team int?, from_at time, to_at time) => (received_at time)
SELECT s.received_at FROM standing s
 WHERE s.received_at >= $2 AND s.received_at < $3 AND ($1 IS NULL OR s.team = $1) AND @visible(s);

-- flow_left(team int?, from_at time, to_at time) => (left_at time, left_reason text?)
SELECT s.left_at, s.left_reason FROM standing s
 WHERE s.left_at >= $2 AND s.left_at < $3 AND ($1 IS NULL OR s.team = $1) AND @visible(s);

-- flow_size(team int?, before time) -> one (there int, left int, early int)
-- How many were on the list at a moment: there and not left since, left since, less those (of an import) who left before they
-- came. So it costs what happened since that moment, not all that ever happened.
SELECT (SELECT count(*) FROM standing s
         WHERE s.left_at IS NULL AND s.received_at < $2 AND ($1 IS NULL OR s.team = $1) AND @visible(s)),
       (SELECT count(*) FROM standing s
         WHERE s.left_at >= $2 AND s.received_at < $2 AND ($1 IS NULL OR s.team = $1) AND @visible(s)),
       (SELECT count(*) FROM standing s
         WHERE s.received_at >= $2 AND s.left_at < $2 AND ($1 IS NULL OR s.team = $1) AND @visible(s));
