-- SPDX-License-Identifier: EUPL-1.2
-- Answers of surveys and lists kept elsewhere, without persons.

-- outside_record_insert(source_key text, list text, day date, due date?, done date?, checked date?, number int?, known int?,
--   kept int?, category text?, team int?, neighbourhood int?, channel text?, recorded_at time, account int?) -> (id int)
-- Nothing comes back when the line was there already.
INSERT INTO outside_record (source_key, list, day, due, done, checked, number, known, kept, category, team, neighbourhood, channel,
                            recorded_at, account)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (source_key) DO NOTHING RETURNING id;

-- outside_record_all(at date) => (list text, day date, due date?, done date?, checked date?, number int?, known int?, kept int?,
--   category text?, team int?, neighbourhood int?, channel text?)
SELECT list, day, due, done, checked, number, known, kept, category, team, neighbourhood, channel
  FROM outside_record WHERE day <= $1 ORDER BY day, id;
