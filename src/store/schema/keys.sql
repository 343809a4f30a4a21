-- SPDX-License-Identifier: EUPL-1.2
-- The key store, in a file (SQLite) or schema (PostgreSQL) of its own: one wrapped key a person. See store/vault.h.
-- @postgres
DO $$ BEGIN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', current_schema() || '_keys'); END $$;
SELECT set_config('search_path', quote_ident(current_schema() || '_keys') || ',' || quote_ident(current_schema()), false);
-- @both
CREATE TABLE IF NOT EXISTS person_key (
    person  INTEGER NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL
) STRICT;
-- @postgres
SELECT set_config('search_path', quote_ident(regexp_replace(current_schema(), '_keys$', '')) || ','
       || quote_ident(current_schema()), false);
