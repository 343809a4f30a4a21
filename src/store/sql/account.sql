-- SPDX-License-Identifier: EUPL-1.2
-- Accounts and sessions.

-- account_by_login(login text) -> (id int, password text, failures int, locked_until time?, active bool)
SELECT id, password, failures, locked_until, active FROM account WHERE login = $1;

-- account_all() -> (id int, login text, name text, role text, team int?, active bool)
-- scan: the list of accounts shows them all
SELECT id, login, name, role, team, active FROM account ORDER BY login;

-- account_insert(login text, name text, role text, team int?, worker int?, password text, created_at time) -> one (id int)
INSERT INTO account (login, name, role, team, worker, password, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id;

-- account_partner(id int, partner int?)
UPDATE account SET partner = $2 WHERE id = $1;

-- account_failed(id int, failures int, locked_until time?)
UPDATE account SET failures = $2, locked_until = $3 WHERE id = $1;

-- account_password(id int, password text)
UPDATE account SET password = $2, failures = 0, locked_until = NULL WHERE id = $1;

-- account_language(id int, language text)
UPDATE account SET language = $2 WHERE id = $1;

-- session_delete_others(account int, token text)
DELETE FROM session WHERE account = $1 AND token <> $2;

-- session_insert(token text, account int, csrf text, started_at time, ends_at time)
INSERT INTO session (token, account, csrf, started_at, ends_at) VALUES ($1, $2, $3, $4, $5);

-- session_find(token text, now time) -> (account int, csrf text, login text, name text, role text, team int?, worker int?,
--   ends_at time, partner int?, language text?, grants bool, blocks bool, guest bool)
SELECT s.account, s.csrf, a.login, a.name, a.role, a.team, a.worker, s.ends_at, a.partner, a.language,
       CASE WHEN EXISTS (SELECT 1 FROM access_grant g WHERE g.account = a.id AND g.ends_at > $2) THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM access_block b WHERE b.account = a.id) THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM worker w JOIN employer m ON m.id = w.employer AND m.kind = 'partner'
                          WHERE w.id = a.worker) THEN 1 ELSE 0 END
  FROM session s JOIN account a ON a.id = s.account
 WHERE s.token = $1 AND s.ends_at > $2 AND a.active = 1;

-- session_delete(token text)
DELETE FROM session WHERE token = $1;

-- session_delete_ended(now time)
-- scan: run once a login on a table of a few hundred rows
DELETE FROM session WHERE ends_at <= $1;
