-- SPDX-License-Identifier: EUPL-1.2
-- The requests behind an indicator, for who may see them.

-- indicator_requests(list text) -> (request int, received_at time, team int?, urgency int, state text)
-- Those of a list of requests, as JSON "[1,2]", that this user may see.
SELECT s.request, s.received_at, s.team, s.urgency, s.state
  FROM json_each(CASE WHEN json_valid($1) THEN $1 ELSE '[]' END) l CROSS JOIN standing s
 WHERE s.request = l.value AND @visible(s)
 ORDER BY s.received_at, s.request;
-- @postgres
SELECT s.request, s.received_at, s.team, s.urgency, s.state
  FROM (SELECT nullif(v, '')::bigint AS value FROM unnest(string_to_array(regexp_replace($1, '[^0-9,]', '', 'g'), ',')) v) l
  JOIN standing s ON s.request = l.value
 WHERE @visible(s)
 ORDER BY s.received_at, s.request;
