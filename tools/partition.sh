#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A partitioned copy of what the core figures need, on PostgreSQL: for a register that outgrows one machine, or one core.
#     tools/partition.sh URL [PARTS]        PARTS: 8 as a rule, about as many as the server has cores
# Beside the schema of the register (public) it makes public_parts: standing, event, care and law cut up by a hash of the
# request, phone_call by its own; all other tables as views on those of the register. The copy is as of now: run it again for
# a newer one, for instance each night. It prints the settings with which `peil opinion` reads the copy with parallel workers.
# Nobody but who made it may read it; give rights as on the register.
set -euo pipefail
url=${1:?usage: tools/partition.sh URL [PARTS]}
parts=${2:-8}
case $parts in ''|*[!0-9]*) echo "tools/partition.sh: PARTS is a number" >&2; exit 2 ;; esac
[ "$parts" -ge 1 ] && [ "$parts" -le 1024 ] || { echo "tools/partition.sh: PARTS is 1 to 1024" >&2; exit 2; }

schema=$(psql -X -q -A -t -v ON_ERROR_STOP=1 "$url" -c "SELECT current_schema()")
psql -X -q -v ON_ERROR_STOP=1 -v parts="$parts" "$url" > /dev/null << 'SQL'
SET client_min_messages = warning;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT set_config('peil.parts', :'parts', true);
DO $$
DECLARE
    source text := current_schema();
    target text;
    name text;
    key text;
BEGIN
    IF source LIKE '%\_parts' THEN
        RAISE EXCEPTION '% is such a copy itself', source;
    END IF;
    target := source || '_parts';
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', target);
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', target || '_keys');
    EXECUTE format('CREATE SCHEMA %I', target);
    EXECUTE format('CREATE SCHEMA %I', target || '_keys');
    FOR name IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = source::regnamespace AND c.relkind IN ('r', 'p', 'v') LOOP
        key := CASE WHEN name IN ('standing', 'event', 'care', 'law') THEN 'request' WHEN name = 'phone_call' THEN 'id' END;
        IF key IS NULL THEN
            EXECUTE format('CREATE VIEW %I.%I AS SELECT * FROM %I.%I', target, name, source, name);
            CONTINUE;
        END IF;
        EXECUTE format('CREATE TABLE %I.%I (LIKE %I.%I INCLUDING DEFAULTS) PARTITION BY HASH (%I)', target, name, source, name, key);
        FOR i IN 0 .. current_setting('peil.parts')::int - 1 LOOP
            EXECUTE format('CREATE TABLE %I.%I PARTITION OF %I.%I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                           target, name || '_' || i, target, name, current_setting('peil.parts'), i);
        END LOOP;
        EXECUTE format('INSERT INTO %I.%I SELECT * FROM %I.%I', target, name, source, name);
        EXECUTE format('ALTER TABLE %I.%I ADD PRIMARY KEY (%s)', target, name, CASE name WHEN 'event' THEN 'request, seq' ELSE key END);
        EXECUTE format('ANALYZE %I.%I', target, name);
    END LOOP;
    IF to_regnamespace(quote_ident(source || '_keys')) IS NOT NULL THEN
        FOR name IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = quote_ident(source || '_keys')::regnamespace
                       AND c.relkind IN ('r', 'p', 'v') LOOP
            EXECUTE format('CREATE VIEW %I.%I AS SELECT * FROM %I.%I', target || '_keys', name, source || '_keys', name);
        END LOOP;
    END IF;
END $$;
COMMIT;
SQL
echo "-csearch_path=${schema}_parts -cmax_parallel_workers_per_gather=$parts -cmax_parallel_workers=$parts" \
     "-cenable_partitionwise_join=on -cenable_partitionwise_aggregate=on -cwork_mem=256MB"
