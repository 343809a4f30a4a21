-- SPDX-License-Identifier: EUPL-1.2
-- The month set (src/measure/month_set.h) in SQL that SQLite, PostgreSQL and DuckDB run as it stands. Tables:
--   request(received, started, left_at, closed, cell, direct, reopened)  days as numbers, null when it did not happen
--   calendar(day, month, year, working)  month and year from 0, working days up to and with the day
--   frame(months, cells, last_day, norm)  one row
-- Result: g (month * cells + cell, then months * cells + year), thirteen numbers in the order of enum month_number.
WITH
base AS MATERIALIZED (
    SELECT r.cell, r.received, r.started, r.left_at, r.closed, r.direct, r.reopened,
        a.month AS received_month, a.working AS received_working
    FROM request r JOIN calendar a ON a.day = r.received),
-- day histograms of waits: those who started, by month of the start; everybody, by month of receipt
flow AS MATERIALIZED (
    SELECT s.month AS month, b.cell, b.started - b.received AS wait, count(*) AS n,
        sum(CASE WHEN s.working - b.received_working <= f.norm THEN 1 ELSE 0 END) AS in_norm
    FROM base b JOIN calendar s ON s.day = b.started CROSS JOIN frame f
    GROUP BY s.month, b.cell, b.started - b.received),
cohort AS MATERIALIZED (
    SELECT b.received_month AS month, b.cell,
        coalesce(b.started, b.left_at, f.last_day) - b.received AS wait,
        count(b.started) AS events, count(*) AS n, sum(b.direct) AS direct, sum(b.reopened) AS reopened
    FROM base b CROSS JOIN frame f
    GROUP BY b.received_month, b.cell, coalesce(b.started, b.left_at, f.last_day) - b.received),
ends AS MATERIALIZED (
    SELECT e.month AS month, b.cell, count(*) AS closed
    FROM base b JOIN calendar e ON e.day = b.closed GROUP BY e.month, b.cell),
leaves AS MATERIALIZED (
    SELECT e.month AS month, b.cell, count(*) AS n
    FROM base b JOIN calendar e ON e.day = b.left_at GROUP BY e.month, b.cell),
-- the rows of the result: months by cell, and years
month_year AS MATERIALIZED (SELECT DISTINCT month, year FROM calendar),
flow_all AS MATERIALIZED (
    SELECT month * f.cells + cell AS g, wait, n, in_norm FROM flow CROSS JOIN frame f
    UNION ALL
    SELECT f.months * f.cells + y.year, w.wait, sum(w.n), sum(w.in_norm)
    FROM flow w JOIN month_year y ON y.month = w.month CROSS JOIN frame f GROUP BY f.months * f.cells + y.year, w.wait),
cohort_all AS MATERIALIZED (
    SELECT month * f.cells + cell AS g, wait, events, n, direct, reopened FROM cohort CROSS JOIN frame f
    UNION ALL
    SELECT f.months * f.cells + y.year, w.wait, sum(w.events), sum(w.n), sum(w.direct), sum(w.reopened)
    FROM cohort w JOIN month_year y ON y.month = w.month CROSS JOIN frame f GROUP BY f.months * f.cells + y.year, w.wait),
ends_all AS MATERIALIZED (
    SELECT month * f.cells + cell AS g, closed FROM ends CROSS JOIN frame f
    UNION ALL
    SELECT f.months * f.cells + y.year, sum(e.closed)
    FROM ends e JOIN month_year y ON y.month = e.month CROSS JOIN frame f GROUP BY f.months * f.cells + y.year),
leaves_all AS MATERIALIZED (
    SELECT month * f.cells + cell AS g, n FROM leaves CROSS JOIN frame f
    UNION ALL
    SELECT f.months * f.cells + y.year, sum(e.n)
    FROM leaves e JOIN month_year y ON y.month = e.month CROSS JOIN frame f GROUP BY f.months * f.cells + y.year),
-- quantiles: the smallest wait with 100 * cum >= p * n
flow_cum AS MATERIALIZED (
    SELECT g, wait, in_norm, n, sum(n) OVER (PARTITION BY g ORDER BY wait) AS cum, sum(n) OVER (PARTITION BY g) AS total
    FROM flow_all),
quantiles AS MATERIALIZED (
    SELECT g, sum(n) AS started, sum(in_norm) AS in_norm,
        min(CASE WHEN 100 * cum >= 50 * total THEN wait END) AS median,
        min(CASE WHEN 100 * cum >= 80 * total THEN wait END) AS p80,
        min(CASE WHEN 100 * cum >= 90 * total THEN wait END) AS p90
    FROM flow_cum GROUP BY g),
-- Kaplan-Meier: starts before censorings on the same day; the logarithm, so that nothing underflows
risk AS MATERIALIZED (
    SELECT g, wait, events, n, direct, reopened,
        sum(n) OVER (PARTITION BY g ORDER BY wait DESC) AS at_risk
    FROM cohort_all),
curve AS MATERIALIZED (
    SELECT g, wait, n, direct, reopened,
        sum(CASE WHEN events = at_risk THEN -1000.0
                 ELSE ln(cast(at_risk - events AS double precision) / cast(at_risk AS double precision)) END)
            OVER (PARTITION BY g ORDER BY wait) AS log_s
    FROM risk),
survival AS MATERIALIZED (
    SELECT g, sum(n) AS inflow, sum(direct) AS direct, sum(reopened) AS reopened,
        min(CASE WHEN log_s <= ln(0.5 + 1e-9) THEN wait END) AS km50,
        min(CASE WHEN log_s <= ln(0.2 + 1e-9) THEN wait END) AS km80
    FROM curve GROUP BY g),
cells AS MATERIALIZED (SELECT DISTINCT cell FROM request),
grid AS MATERIALIZED (
    SELECT y.month * f.cells + c.cell AS g, y.month, y.year, c.cell FROM month_year y CROSS JOIN cells c CROSS JOIN frame f),
counts AS MATERIALIZED (
    SELECT g.g, g.month, g.year, g.cell,
        sum(coalesce(s.inflow, 0) - coalesce(q.started, 0) - coalesce(l.n, 0))
            OVER (PARTITION BY g.cell ORDER BY g.month) AS open
    FROM grid g LEFT JOIN survival s ON s.g = g.g LEFT JOIN quantiles q ON q.g = g.g LEFT JOIN leaves_all l ON l.g = g.g),
last_month AS MATERIALIZED (SELECT year, max(month) AS month FROM month_year GROUP BY year),
open_all AS MATERIALIZED (
    SELECT g, open FROM counts
    UNION ALL
    SELECT f.months * f.cells + c.year, sum(c.open)
    FROM counts c JOIN last_month m ON m.month = c.month CROSS JOIN frame f GROUP BY f.months * f.cells + c.year)
SELECT cast(o.g AS integer) AS g,
    cast(coalesce(s.inflow, 0) AS integer) AS inflow, cast(coalesce(q.started, 0) AS integer) AS started,
    cast(coalesce(e.closed, 0) AS integer) AS closed, cast(coalesce(l.n, 0) AS integer) AS withdrawn,
    cast(o.open AS integer) AS open, cast(coalesce(q.median, -1) AS integer) AS median,
    cast(coalesce(q.p80, -1) AS integer) AS p80, cast(coalesce(q.p90, -1) AS integer) AS p90,
    cast(coalesce(q.in_norm, 0) AS integer) AS in_norm, cast(coalesce(s.direct, 0) AS integer) AS direct,
    cast(coalesce(s.reopened, 0) AS integer) AS reopened, cast(coalesce(s.km50, -1) AS integer) AS km50,
    cast(coalesce(s.km80, -1) AS integer) AS km80
FROM open_all o LEFT JOIN survival s ON s.g = o.g LEFT JOIN quantiles q ON q.g = o.g
    LEFT JOIN ends_all e ON e.g = o.g LEFT JOIN leaves_all l ON l.g = o.g
ORDER BY o.g
