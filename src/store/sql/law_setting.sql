-- SPDX-License-Identifier: EUPL-1.2
-- What holds of the legal terms, from which day on.

-- law_setting_all() -> (name text, seq int, from_day date, value text, reason text, recorded_at time, who text?)
-- scan: some rows in years; every term that is counted asks for them
SELECT s.name, s.seq, s.from_day, s.value, s.reason, s.recorded_at, a.name
  FROM law_setting s LEFT JOIN account a ON a.id = s.account
 ORDER BY s.name, s.from_day, s.seq;

-- law_setting_insert(name text, seq int, from_day date, value text, reason text, recorded_at time, account int?)
INSERT INTO law_setting (name, seq, from_day, value, reason, recorded_at, account) VALUES ($1, $2, $3, $4, $5, $6, $7);
