-- SPDX-License-Identifier: EUPL-1.2
-- Which steps of the schema this register has had.

-- migration_all() -> (name text, checksum text)
-- scan: a few rows, read when a register is opened
SELECT name, checksum FROM migration ORDER BY name;

-- migration_insert(name text, checksum text, applied_at time)
INSERT INTO migration (name, checksum, applied_at) VALUES ($1, $2, $3);
