-- SPDX-License-Identifier: EUPL-1.2
-- Requests that are the same question: how they stand together (register/merge.h).

-- standing_link(request int) -> (merged int?, children int)
-- unscoped: ids only, for a request that is being written
SELECT s.merged, (SELECT count(*) FROM standing m WHERE m.merged = $1) FROM standing s WHERE s.request = $1;

-- standing_children(request int) -> (request int, received_at time, heard_at time, started_at time?)
-- unscoped: what a request takes over of those that were joined with it
SELECT request, received_at, heard_at, started_at FROM standing WHERE merged = $1 ORDER BY request;

-- standing_follow(request int, received_at time, heard_at time, started_at time?)
-- unscoped: a write, checked by the register
UPDATE standing SET received_at = $2, heard_at = $3, started_at = $4 WHERE request = $1;

-- person_merged(person int) -> (request int, a int, b int)
-- The joined requests of a person, on either side: which one was joined, whose it is, and whose stands for it.
-- unscoped: ids only, for persons that were checked before
SELECT s.request, s.person, t.person FROM standing s JOIN standing t ON t.request = coalesce(s.merged, 0)
 WHERE s.person = $1
 UNION
SELECT s.request, s.person, t.person FROM standing t JOIN standing s ON s.merged = t.request
 WHERE t.person = $1
 ORDER BY 1;
