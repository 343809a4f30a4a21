-- SPDX-License-Identifier: EUPL-1.2
-- Plans that were kept.

-- scenario_insert(list int, name text, made_at time, account int?, day date, workers int, presence int, ill int, ill_weeks int,
--   arrivals int, city bool, asked_first bool) -> one (id int)
INSERT INTO scenario (list, name, made_at, account, day, workers, presence, ill, ill_weeks, arrivals, city, asked_first)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id;

-- scenario_size_insert(scenario int, days int, planned bool, value real?, low real?, high real?)
INSERT INTO scenario_size (scenario, days, planned, value, low, high) VALUES ($1, $2, $3, $4, $5, $6);

-- scenario_wait_insert(scenario int, days int, planned bool, percent int, value real?, low real?, high real?)
INSERT INTO scenario_wait (scenario, days, planned, percent, value, low, high) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- scenario_waits(scenario int) -> (days int, planned bool, percent int, value real?, low real?, high real?)
SELECT days, planned, percent, value, low, high FROM scenario_wait WHERE scenario = $1 ORDER BY days, planned, percent;

-- scenario_asked(team int?, from_at time, to_at time, not_urgency int) -> (received_at time, started_at time?, left_at time?)
-- unscoped: moments alone, nothing about anyone
SELECT s.received_at, s.started_at, s.left_at FROM standing s
 WHERE s.received_at >= $2 AND s.received_at < $3 AND ($1 IS NULL OR s.team = $1) AND s.urgency <> $4 AND s.merged IS NULL;

-- scenario_all(list int, most int) -> (id int, name text, made_at time, who text?, day date, workers int, presence int, ill int,
--   ill_weeks int, arrivals int, city bool, asked_first bool)
SELECT s.id, s.name, s.made_at, a.name, s.day, s.workers, s.presence, s.ill, s.ill_weeks, s.arrivals, s.city, s.asked_first
  FROM scenario s LEFT JOIN account a ON a.id = s.account WHERE s.list = $1 ORDER BY s.id DESC LIMIT $2;

-- scenario_sizes(scenario int) -> (days int, planned bool, value real?, low real?, high real?)
SELECT days, planned, value, low, high FROM scenario_size WHERE scenario = $1 ORDER BY days, planned;

-- scenario_waited(team int?, day_end time) -> one (n int)
-- unscoped: a number, nothing about anyone
-- How many waited at the end of a day: of a team; NULL: of all.
SELECT count(*) FROM standing s
 WHERE s.received_at < $2 AND ($1 IS NULL OR s.team = $1) AND (s.left_at IS NULL OR s.left_at >= $2) AND s.merged IS NULL;
