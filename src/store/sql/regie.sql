-- SPDX-License-Identifier: EUPL-1.2
-- Who directs a case, and who may (register/regie.h).

-- regie_worker(worker int) -> (name text, team int?)
SELECT name, team FROM worker WHERE id = $1;

-- regie_workers(team int?) -> (id int, name text, team int?)
-- scan: the workers, of whom there are some hundreds
SELECT id, name, team FROM worker WHERE ($1 IS NULL OR team = $1) ORDER BY name, id;
