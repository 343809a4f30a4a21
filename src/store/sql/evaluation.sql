-- SPDX-License-Identifier: EUPL-1.2
-- What an evaluation adds to its event: a judgement a goal, a score an area.

-- evaluation_goal_insert(request int, seq int, number int, by_resident text, by_worker text, score int?)
INSERT INTO evaluation_goal (request, seq, number, by_resident, by_worker, score) VALUES ($1, $2, $3, $4, $5, $6);

-- evaluation_goals(request int) -> (seq int, number int, by_resident text, by_worker text, score int?)
SELECT seq, number, by_resident, by_worker, score FROM evaluation_goal WHERE request = $1 ORDER BY seq, number;

-- area_score_insert(request int, seq int, area text, level int)
INSERT INTO area_score (request, seq, area, level) VALUES ($1, $2, $3, $4);

-- area_scores(request int) -> (seq int, area text, level int)
SELECT seq, area, level FROM area_score WHERE request = $1 ORDER BY seq;
