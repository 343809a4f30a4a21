-- SPDX-License-Identifier: EUPL-1.2
-- Lines of help: their facts. When they start and end are events.

-- line_insert(request int, seq int, kind text, partner int?, programme int?, decision bool, warm bool, provider blob?)
--   -> one (id int)
INSERT INTO help_line (request, seq, kind, partner, programme, decision, warm, provider)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id;

-- line_all(request int) -> (id int, partner int?, programme int?, decision bool, warm bool, provider blob?)
-- unscoped: called for a request that request_get has checked
SELECT id, partner, programme, decision, warm, provider FROM help_line WHERE request = $1 ORDER BY seq;
