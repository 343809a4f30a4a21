// SPDX-License-Identifier: EUPL-1.2
// The month set in DuckDB: node measure.mjs FOLDER QUERY NUMBERS. FOLDER holds request.csv, calendar.csv and frame.csv.
// Three forms, the fastest one counts: the query as it stands; on a table that was prepared once, as ours is (months and
// waits worked out beforehand, sorted by month and cell, in the smallest types); and on that table with DuckDB's own
// quantiles instead of running sums.
import { DuckDBInstance } from "@duckdb/node-api";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const [folder, queryFile, numbers] = process.argv.slice(2);
const plain = readFileSync(queryFile, "utf8");
const prepared = `WITH
flow AS MATERIALIZED (SELECT started_month AS month, cell, wait, count(*) AS n, sum(in_norm) AS in_norm FROM fast
    WHERE started_month IS NOT NULL GROUP BY ALL),
cohort AS MATERIALIZED (SELECT received_month AS month, cell, wait, count(started_month) AS events, count(*) AS n, sum(direct) AS direct,
    sum(reopened) AS reopened FROM fast GROUP BY ALL),
ends AS MATERIALIZED (SELECT closed_month AS month, cell, count(*) AS closed FROM fast WHERE closed_month IS NOT NULL GROUP BY ALL),
leaves AS MATERIALIZED (SELECT left_month AS month, cell, count(*) AS n FROM fast WHERE left_month IS NOT NULL GROUP BY ALL),
` + plain.slice(plain.indexOf("-- the rows of the result"));
const cut = (text, from, to) => text.slice(0, text.indexOf(from)) + text.slice(text.indexOf(to));
const own = `WITH
own AS MATERIALIZED (SELECT started_month::INTEGER * 60 + cell AS g, count(*) AS started, sum(in_norm) AS in_norm,
    quantile_disc(wait, [0.5, 0.8, 0.9]) AS q FROM fast WHERE started_month IS NOT NULL GROUP BY g
    UNION ALL SELECT 2880 + started_month // 12, count(*), sum(in_norm), quantile_disc(wait, [0.5, 0.8, 0.9]) FROM fast
    WHERE started_month IS NOT NULL GROUP BY started_month // 12),
quantiles AS (SELECT g, started, in_norm, q[1] AS median, q[2] AS p80, q[3] AS p90 FROM own),
` + cut(cut(cut(prepared, "flow_all AS", "cohort_all AS"), "-- quantiles: ", "-- Kaplan-Meier: "), "WITH\nflow AS", "cohort AS");

rmSync(`${folder}/duck.db`, { force: true });
const db = await DuckDBInstance.create(`${folder}/duck.db`);
const c = await db.connect();
await c.run("SET threads = 2");
const table = (name, columns) =>
    c.run(`CREATE TABLE ${name} AS SELECT * FROM read_csv('${folder}/${name}.csv', header = false, columns = ${columns})`);
const days = (...names) => `{${names.map((n) => `'${n}': 'INTEGER'`).join(", ")}}`;
await table("request", days("received", "started", "left_at", "closed", "cell", "direct", "reopened"));
await table("calendar", days("day", "month", "year", "working"));
await table("frame", days("months", "cells", "last_day", "norm"));
await c.run(`CREATE TABLE fast AS SELECT a.month::UTINYINT AS received_month, r.cell::UTINYINT AS cell,
    s.month::UTINYINT AS started_month, l.month::UTINYINT AS left_month, e.month::UTINYINT AS closed_month,
    (coalesce(r.started, r.left_at, f.last_day) - r.received)::USMALLINT AS wait,
    (s.working - a.working <= f.norm)::UTINYINT AS in_norm, r.direct::UTINYINT AS direct, r.reopened::UTINYINT AS reopened
    FROM request r JOIN calendar a ON a.day = r.received LEFT JOIN calendar s ON s.day = r.started
    LEFT JOIN calendar l ON l.day = r.left_at LEFT JOIN calendar e ON e.day = r.closed CROSS JOIN frame f
    ORDER BY received_month, cell`);

const time = async (query, threads) => {
    await c.run(`SET threads = ${threads}`);
    let best = Infinity, rows;
    for (let turn = 0; turn < 3; turn++) {
        const start = performance.now();
        rows = (await c.runAndReadAll(query)).getRows();
        best = Math.min(best, performance.now() - start);
    }
    return { best, text: rows.map((r) => r.join(",")).join("\n") + "\n" };
};
const results = {};
for (const [name, query] of [["plain", plain], ["prepared", prepared], ["own quantiles", own]])
    for (const threads of [1, 2]) results[`${name} ${threads}`] = await time(query, threads);
const texts = new Set(Object.values(results).map((r) => r.text));
if (texts.size > 1) throw new Error("the forms give different numbers");
writeFileSync(numbers, results["plain 1"].text);
for (const [name, r] of Object.entries(results)) console.log(`DuckDB, ${name} thread: ${r.best.toFixed(1)} ms`);
const one = Math.min(...Object.entries(results).filter(([name]) => name.endsWith(" 1")).map(([, r]) => r.best));
console.log(`DuckDB memory at its peak ${process.resourceUsage().maxRSS} kB (with loading)`);
console.log(`duckdb_ms ${one.toFixed(3)}`);
c.closeSync();
db.closeSync();
rmSync(`${folder}/duck.db`, { force: true });
