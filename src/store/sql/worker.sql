-- SPDX-License-Identifier: EUPL-1.2
-- Workers: who they are to the work, their hours over time, vacancies.

-- @define columns
SELECT w.id, w.version, w.name, w.team, w.discipline, w.others, w.employer, m.name, m.kind, w.contract, w.languages, w.gender,
       w.room, w.started_on, w.ended_on, w.takeover
  FROM worker w LEFT JOIN employer m ON m.id = w.employer

-- worker_staff() -> (id int, version int, name text, team int?, discipline text?, others text?, employer int?,
--   employer_name text?, employer_kind text?, contract text?, languages text?, gender text?, room int?, started_on date?,
--   ended_on date?, takeover text?)
-- scan: the list of all who work here, some hundreds
@columns
 ORDER BY w.name, w.id;

-- worker_get(worker int) like worker_staff
@columns
 WHERE w.id = $1;

-- worker_staff_of(team int) like worker_staff
@columns
 WHERE w.team = $1
 ORDER BY w.name, w.id;

-- worker_put(worker int, seen int, name text, team int?, discipline text?, others text?, employer int?, contract text?,
--   languages text?, gender text?, room int?, started_on date?, ended_on date?, takeover text?) -> (version int)
-- No row: someone else changed it, or it is not there.
UPDATE worker SET version = version + 1, name = $3, team = $4, discipline = $5, others = $6, employer = $7, contract = $8,
       languages = $9, gender = $10, room = $11, started_on = $12, ended_on = $13, takeover = $14
 WHERE id = $1 AND version = $2 RETURNING version;

-- worker_version_insert(worker int, version int, recorded_at time, account int?, name text, team int?, discipline text?,
--   others text?, employer int?, contract text?, languages text?, gender text?, room int?, started_on date?, ended_on date?,
--   takeover text?)
INSERT INTO worker_version (worker, version, recorded_at, account, name, team, discipline, others, employer, contract, languages,
       gender, room, started_on, ended_on, takeover)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- worker_versions(worker int) -> (version int, recorded_at time, who text?, name text, team int?, discipline text?, others text?,
--   employer int?, employer_name text?, contract text?, languages text?, gender text?, room int?, started_on date?, ended_on date?,
--   takeover text?)
SELECT v.version, v.recorded_at, a.name, v.name, v.team, v.discipline, v.others, v.employer, m.name, v.contract, v.languages,
       v.gender, v.room, v.started_on, v.ended_on, v.takeover
  FROM worker_version v LEFT JOIN account a ON a.id = v.account LEFT JOIN employer m ON m.id = v.employer
 WHERE v.worker = $1 ORDER BY v.version;

-- employer_all() -> (id int, name text, kind text)
-- scan: a few rows
SELECT id, name, kind FROM employer ORDER BY name;

-- employer_insert(name text, kind text) -> one (id int)
INSERT INTO employer (name, kind) VALUES ($1, $2) RETURNING id;

-- worker_fte_insert(worker int, from_day date, fte int, recorded_at time, account int?)
INSERT INTO worker_fte (worker, seq, from_day, fte, recorded_at, account)
VALUES ($1, (SELECT coalesce(max(f.seq), 0) + 1 FROM worker_fte f WHERE f.worker = $1), $2, $3, $4, $5);

-- worker_fte_of(worker int) -> (worker int, from_day date, fte int, recorded_at time, who text?)
-- In the order in which they count: by day, the last correction last.
SELECT f.worker, f.from_day, f.fte, f.recorded_at, a.name
  FROM worker_fte f LEFT JOIN account a ON a.id = f.account
 WHERE f.worker = $1 ORDER BY f.from_day, f.seq;

-- worker_fte_all() -> (worker int, from_day date, fte int)
-- scan: the hours of all who work here, a few rows each
SELECT worker, from_day, fte FROM worker_fte ORDER BY worker, from_day, seq;

-- established_fte_insert(team int, from_day date, fte int, recorded_at time, account int?)
INSERT INTO established_fte (team, seq, from_day, fte, recorded_at, account)
VALUES ($1, (SELECT coalesce(max(f.seq), 0) + 1 FROM established_fte f WHERE f.team = $1), $2, $3, $4, $5);

-- established_fte_all() -> (team int, from_day date, fte int)
-- scan: a few rows a team
SELECT team, from_day, fte FROM established_fte ORDER BY team, from_day, seq;

-- worker_account(worker int) -> (id int, login text, name text)
-- scan: some dozens of accounts
SELECT id, login, name FROM account WHERE worker = $1 AND active = 1 ORDER BY id;

-- account_free() -> (id int, login text, name text, role text, worker int?)
-- scan: some dozens of accounts
SELECT id, login, name, role, worker FROM account WHERE active = 1 ORDER BY name, id;

-- account_link(account int, worker int?)
UPDATE account SET worker = $2 WHERE id = $1;

-- vacancy_insert(team int, discipline text, fte int, opened_on date, recorded_at time) -> one (id int)
INSERT INTO vacancy (team, discipline, fte, opened_on, recorded_at, version) VALUES ($1, $2, $3, $4, $5, 1) RETURNING id;

-- vacancy_close(vacancy int, seen int, closed_on date, outcome text) -> (version int)
UPDATE vacancy SET version = version + 1, closed_on = $3, outcome = $4
 WHERE id = $1 AND version = $2 AND closed_on IS NULL RETURNING version;

-- vacancy_all() -> (id int, team int, discipline text, fte int, opened_on date, closed_on date?, outcome text?, version int)
-- scan: some dozens of rows
SELECT id, team, discipline, fte, opened_on, closed_on, outcome, version FROM vacancy ORDER BY opened_on, id;

-- worker_open(worker int) -> one (cases int)
-- unscoped: how many cases a worker has, nothing about anyone
SELECT count(*) FROM standing WHERE worker = $1 AND ended_at IS NULL;
