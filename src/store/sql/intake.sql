-- SPDX-License-Identifier: EUPL-1.2
-- What was asked at the intake.

-- intake_insert(request int, home text?, children text?, carer text?, interpreter text?, reading text?, other_help text?,
--   consent text?, heard text?, wmo text?, wait_until date?, note blob?)
INSERT INTO intake (request, home, children, carer, interpreter, reading, other_help, consent, heard, wmo, wait_until, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- intake_get(request int) -> (request int, home text?, children text?, carer text?, interpreter text?, reading text?,
--   other_help text?, consent text?, heard text?, wmo text?, wait_until date?, note blob?)
-- unscoped: called for a request that request_get has checked
SELECT request, home, children, carer, interpreter, reading, other_help, consent, heard, wmo, wait_until, note
  FROM intake WHERE request = $1;
