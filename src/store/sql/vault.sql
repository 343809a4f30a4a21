-- SPDX-License-Identifier: EUPL-1.2
-- Keys of persons and the identities sealed with them (store/vault.h).

-- person_key_put(person int, wrapped blob)
-- @keys
-- A key that is there already was left behind by an undone transaction: its person never came to exist.
INSERT INTO person_key (person, wrapped) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET wrapped = excluded.wrapped;

-- person_key_get(person int) -> one (wrapped blob)
-- @keys
SELECT wrapped FROM person_key WHERE person = $1;

-- key_store() -> one (name text, found bool)
-- @keys
-- Where the keys stand, and whether they do.
SELECT 'person_key', count(*) > 0 FROM pragma_table_info('person_key');
-- @postgres
SELECT current_schema() || '_keys.person_key', (to_regclass(quote_ident(current_schema() || '_keys') || '.person_key') IS NOT NULL)::int;
