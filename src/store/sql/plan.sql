-- SPDX-License-Identifier: EUPL-1.2
-- Versions of plans and their goals.

-- plan_insert(request int, seq int, main text, evaluate_on date)
INSERT INTO support_plan (request, seq, main, evaluate_on) VALUES ($1, $2, $3, $4);

-- goal_insert(request int, seq int, number int, for_whom text, by_day date, score int?, what blob, tasks blob?)
INSERT INTO goal (request, seq, number, for_whom, by_day, score, what, tasks) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- goal_all(request int) -> (seq int, number int, for_whom text, by_day date, score int?, what blob, tasks blob?)
-- unscoped: called for a request that request_get has checked
SELECT seq, number, for_whom, by_day, score, what, tasks FROM goal WHERE request = $1 ORDER BY seq, number;

-- goal_last(request int) -> one (number int)
-- unscoped: a number, nothing about anyone
SELECT coalesce(max(number), 0) FROM goal WHERE request = $1;
