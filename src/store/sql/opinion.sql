-- SPDX-License-Identifier: EUPL-1.2
-- A second opinion on the core figures: value, n and norm of each, straight from the tables, on both engines. A test compares
-- them with what the facts say (tests/unit/test_opinion.c), `peil opinion` does so for a register. They read the projections
-- (standing, care, law), which the facts do not: what is wrong in one of the two is seen. No subquery hangs on a row, so that
-- PostgreSQL can share them out over partitions and workers: the way for a register that outgrows one machine (docs/opinion.md).

-- A definition stands above those that it uses.
-- @define days
c AS (SELECT number, ends, ends_at, works, cast(sum(works) OVER (ORDER BY number) AS bigint) AS worked,
             min(CASE WHEN lawful = 1 THEN number END) OVER (ORDER BY number ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS lawful_day
        FROM opinion_day)

-- @define waits
w AS (SELECT s.urgency, s.received_at AS asked_at,
             CASE WHEN s.started_at <= coalesce(s.ended_at, $1) THEN 1 ELSE 0 END AS begun,
             CASE WHEN s.ended_at <= $1 THEN 1 ELSE 0 END AS ended,
             CASE WHEN s.started_at <= coalesce(s.ended_at, $1) THEN s.started_at
                  WHEN s.ended_at <= $1 THEN s.ended_at ELSE $1 END AS seen_at
      @live AND s.urgency <> 4 AND s.received_at <= $1),
t AS (SELECT w.urgency, w.begun, w.ended, d.number + CASE WHEN w.asked_at >= d.ends THEN 1 ELSE 0 END AS day,
             x.number + CASE WHEN w.seen_at >= x.ends THEN 1 ELSE 0 END AS seen_day,
             d.second + cast(substr(w.asked_at, 12, 2) AS integer) * 3600 + cast(substr(w.asked_at, 15, 2) AS integer) * 60
                      + cast(substr(w.asked_at, 18, 2) AS integer) AS asked,
             x.second + cast(substr(w.seen_at, 12, 2) AS integer) * 3600 + cast(substr(w.seen_at, 15, 2) AS integer) * 60
                      + cast(substr(w.seen_at, 18, 2) AS integer) AS seen
        FROM w JOIN opinion_day d ON d.day = substr(w.asked_at, 1, 10) JOIN opinion_day x ON x.day = substr(w.seen_at, 1, 10))

-- @define curve
g AS (SELECT length, d, sum(n) OVER (ORDER BY length DESC) AS risk FROM f),
h AS MATERIALIZED (SELECT length, sum(CASE WHEN d = risk THEN -1000.0
                     ELSE ln(cast(risk - d AS double precision) / cast(risk AS double precision)) END) OVER (ORDER BY length) AS s
        FROM g WHERE d > 0)

-- @define norm_of
       CASE s.urgency WHEN 0 THEN $3 WHEN 1 THEN $4 WHEN 2 THEN $5 WHEN 3 THEN $6 END

-- @define windows
v AS (SELECT e.request, e.until, row_number() OVER (PARTITION BY e.request ORDER BY e.occurred_at, e.seq) AS place,
             row_number() OVER (PARTITION BY e.request ORDER BY e.occurred_at DESC, e.seq DESC) AS back
        FROM event e WHERE e.kind = 'window_told' AND e.until IS NOT NULL @kept)

-- @define plans
p AS (SELECT e.request, min(e.occurred_at) AS planned_at FROM event e WHERE e.kind = 'plan_agreed' @kept GROUP BY e.request),
y AS (SELECT DISTINCT e.request FROM event e WHERE e.kind = 'first_talk' @kept)

-- @define direct
       CASE WHEN y.request IS NULL THEN NULL
            WHEN s.ended_at IS NOT NULL THEN CASE k.direct WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END
            WHEN p.request IS NOT NULL AND coalesce(k.main, k.main_planned) IN ('team', 'group') THEN 1
            WHEN p.request IS NOT NULL AND coalesce(k.main, k.main_planned) IS NOT NULL THEN 0 END

-- @define counted
r AS (SELECT DISTINCT c.number, (x.second - c.ends_at + 86400) / 1800 AS half
        FROM (SELECT d.number + CASE WHEN p.offered_at >= d.ends THEN 1 ELSE 0 END AS number,
                     d.second + cast(substr(p.offered_at, 12, 2) AS integer) * 3600 + cast(substr(p.offered_at, 15, 2) AS integer) * 60
                              + cast(substr(p.offered_at, 18, 2) AS integer) AS second
                FROM phone_call p JOIN opinion_day d ON d.day = substr(p.offered_at, 1, 10) WHERE p.offered_at <= $1) x
        JOIN opinion_day c ON c.number = x.number),
b AS (SELECT CASE WHEN p.offered > p.answered THEN p.offered - p.answered ELSE 0 END AS lost,
             CASE WHEN p.in_time IS NOT NULL THEN p.answered ELSE 0 END AS timed, coalesce(p.in_time, 0) AS in_time
        FROM phone_count p JOIN opinion_day d ON d.day = p.day LEFT JOIN r ON r.number = d.number AND r.half = p.half_hour
       WHERE p.day <= $4 AND d.ends_at - 86400 + p.half_hour * 1800 <= $3 AND r.half IS NULL)

-- @define live
  FROM standing s WHERE s.merged IS NULL AND coalesce(s.left_reason, '') <> 'duplicate'
   AND NOT EXISTS (SELECT 1 FROM event b WHERE b.request = s.request AND b.kind = 'closed' AND b.reason = 'duplicate' AND b.occurred_at = s.ended_at
         AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = b.request AND u.kind = 'undone' AND u.number = b.seq))

-- @define kept
   AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq)

-- opinion_span() -> one (event time?, call time?, day date?)
-- Since when there is anything to count.
-- scan: every event may be the first
-- unscoped: one moment, nothing about anyone
SELECT (SELECT occurred_at FROM event ORDER BY occurred_at LIMIT 1), (SELECT min(offered_at) FROM phone_call),
       (SELECT min(d) FROM (SELECT min(day) AS d FROM outside_record UNION ALL SELECT min(day) FROM phone_count) q);

-- opinion_patience(seconds int) -> one (limit_ms text)
-- How long PostgreSQL may take for a statement of this connection (0: as long as it takes): pages have a limit, this has none.
SELECT cast($1 * 1000 AS text);
-- @postgres
SELECT set_config('statement_timeout', cast($1 * 1000 AS text), false);

-- opinion_day_clear()
DELETE FROM opinion_day WHERE day >= '';

-- opinion_day_insert(day date, number int, second int, ends time, ends_at int, works bool, lawful bool)
INSERT INTO opinion_day (day, number, second, ends, ends_at, works, lawful) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- opinion_calls(at time, norm int, at_second int, today date) -> one (n int, k int)
-- T1: calls answered within the norm (seconds), of all offered: those that the exchange reported, and those counted by hand in
-- half hours of which it reported none. What was answered without a time says nothing about the norm.
-- scan: every call is counted
WITH @counted,
a AS (SELECT count(*) AS n, coalesce(sum(CASE WHEN abandoned = 0 AND seconds <= $2 THEN 1 ELSE 0 END), 0) AS k
        FROM phone_call WHERE offered_at <= $1)
SELECT a.n + (SELECT coalesce(sum(lost + timed), 0) FROM b), a.k + (SELECT coalesce(sum(in_time), 0) FROM b) FROM a;

-- opinion_call_times(at time, norm int, at_second int, today date)
--   -> one (n int, rows int, low real?, high real?, low90 real?, high90 real?)
-- T1 b: seconds until a call was answered, of so many calls; a half hour counted by hand is one with the norm, and one just over it. The values on
-- both sides of median and P90, counted by row number: between them lies the quantile of type 7, with h = (n - 1) p.
-- scan: every call is counted
WITH @counted,
a AS (SELECT seconds FROM phone_call WHERE abandoned = 0 AND offered_at <= $1
      UNION ALL SELECT $2 FROM b WHERE in_time > 0 UNION ALL SELECT $2 + 1 FROM b WHERE timed > in_time),
q AS (SELECT seconds, row_number() OVER (ORDER BY seconds) AS r, count(*) OVER () AS n FROM a)
SELECT (SELECT count(*) FROM phone_call WHERE abandoned = 0 AND offered_at <= $1) + (SELECT coalesce(sum(timed), 0) FROM b),
       coalesce(max(n), 0), max(CASE WHEN r = (n - 1) / 2 + 1 THEN seconds END) + 0.0,
       max(CASE WHEN r = n / 2 + 1 THEN seconds END) + 0.0,
       max(CASE WHEN r = (n - 1) * 9 / 10 + 1 THEN seconds END) + 0.0,
       max(CASE WHEN r = ((n - 1) * 9 + 9) / 10 + 1 THEN seconds END) + 0.0
  FROM q;

-- opinion_failure(at time) -> one (n int, k int)
-- T4: contacts that exist because something went wrong, of all.
-- unscoped: counts, nothing about anyone
SELECT count(*), coalesce(sum(CASE WHEN failure IS NOT NULL THEN 1 ELSE 0 END), 0) FROM contact
 WHERE withdrawn = 0 AND occurred_at <= $1;

-- opinion_left_over(at date) -> one (n int, k int)
-- Z2: questions for which there was no time, of those brought.
SELECT coalesce(sum(questions), 0), coalesce(sum(unhandled), 0) FROM presence WHERE state = 'held' AND day <= $1;

-- opinion_urgent(at_second int, minutes int, office_from int, office_to int) -> one (n int, k int)
-- I3: emergencies whose time is over; of these with a first action in time. Due after so many minutes of office hours on the
-- same working day, else at the end of the day, and never sooner than so many minutes. Office hours begin later in the day than
-- the norm is long, so that those of the next day never come first.
-- scan: every request is looked at
-- unscoped: counts, nothing about anyone
WITH @days,
w AS (SELECT s.urgent_at AS since_at, CASE WHEN s.started_at >= s.urgent_at AND s.started_at < coalesce(s.protected_at, '9') THEN s.started_at
             ELSE s.protected_at END AS done_at
      @live AND s.urgent_at IS NOT NULL),
t AS (SELECT d.number + CASE WHEN w.since_at >= d.ends THEN 1 ELSE 0 END AS day,
             d.second + cast(substr(w.since_at, 12, 2) AS integer) * 3600 + cast(substr(w.since_at, 15, 2) AS integer) * 60
                      + cast(substr(w.since_at, 18, 2) AS integer) AS since,
             x.second + cast(substr(w.done_at, 12, 2) AS integer) * 3600 + cast(substr(w.done_at, 15, 2) AS integer) * 60
                      + cast(substr(w.done_at, 18, 2) AS integer) AS done
        FROM w JOIN opinion_day d ON d.day = substr(w.since_at, 1, 10) LEFT JOIN opinion_day x ON x.day = substr(w.done_at, 1, 10)),
o AS (SELECT t.since, t.done, c.works, c.ends_at - 86400 + $4 * 60 AS closes,
             CASE WHEN t.since > c.ends_at - 86400 + $3 * 60 THEN t.since ELSE c.ends_at - 86400 + $3 * 60 END + $2 * 60 AS office,
             CASE WHEN c.ends_at - 1 > t.since + $2 * 60 THEN c.ends_at - 1 ELSE t.since + $2 * 60 END AS latest
        FROM t JOIN c ON c.number = t.day),
q AS (SELECT done, CASE WHEN works = 1 AND since < closes AND office <= closes AND office < latest THEN office ELSE latest END AS due FROM o)
SELECT count(*), coalesce(sum(CASE WHEN done <= due THEN 1 ELSE 0 END), 0) FROM q WHERE due <= $1;

-- opinion_wait(at time) -> one (n int, k int, low50 real?, high50 real?, low80 real?, high80 real?, low90 real?, high90 real?)
-- W1: everybody who asked, emergencies apart; of these started. Kaplan-Meier over whole Dutch days: the first day on which the
-- share still waiting is 50, 20 and 10 percent or less (within 1e-9), and the first on which it is really less; starts before
-- censorings on the same day. Between the two lies the quantile of rule "midpoint"; the first one is that of rule "step".
-- scan: every request is looked at
-- unscoped: counts, nothing about anyone
WITH @waits,
f AS MATERIALIZED (SELECT CASE WHEN seen_day < day THEN 0 ELSE seen_day - day END AS length, sum(begun) AS d, count(*) AS n FROM t
                    GROUP BY CASE WHEN seen_day < day THEN 0 ELSE seen_day - day END),
@curve
SELECT (SELECT coalesce(sum(n), 0) FROM f), (SELECT coalesce(sum(d), 0) FROM f),
       min(CASE WHEN s <= ln(0.5 + 1e-9) THEN length END) + 0.0,
       coalesce(min(CASE WHEN s <= ln(0.5 - 1e-9) THEN length END), CASE WHEN min(s) <= ln(0.5 + 1e-9) THEN (SELECT max(length) FROM f) END) + 0.0,
       min(CASE WHEN s <= ln(0.2 + 1e-9) THEN length END) + 0.0,
       coalesce(min(CASE WHEN s <= ln(0.2 - 1e-9) THEN length END), CASE WHEN min(s) <= ln(0.2 + 1e-9) THEN (SELECT max(length) FROM f) END) + 0.0,
       min(CASE WHEN s <= ln(0.1 + 1e-9) THEN length END) + 0.0,
       coalesce(min(CASE WHEN s <= ln(0.1 - 1e-9) THEN length END), CASE WHEN min(s) <= ln(0.1 + 1e-9) THEN (SELECT max(length) FROM f) END) + 0.0
  FROM h;

-- opinion_norm(at time, at_second int, unknown int, later int, normal int, soon int)
--   -> one (n int, k int, reached int, kept int, log_share real?, last int?)
-- W2: the same people; of these started within the norm of their urgency; who reached the end of their norm, and of these
-- started by then; the logarithm of the share not started at the norm, in billionths of the own norm, and the longest wait.
-- Working days after the Dutch day of asking; 0 is that day itself.
-- scan: every request is looked at
-- unscoped: counts, nothing about anyone
WITH @days,
m AS (SELECT worked, number FROM c WHERE works = 1),
@waits,
s AS (SELECT t.urgency, t.begun, t.ended, t.day, t.asked, t.seen FROM t),
a AS (SELECT s.begun, s.ended, s.day, s.asked, s.seen, @norm_of AS norm FROM s),
b AS (SELECT a.begun, a.ended, a.asked, a.seen, e.ends_at - 1 AS due
        FROM a JOIN c ON c.number = a.day LEFT JOIN m ON m.worked = c.worked + a.norm
        JOIN opinion_day e ON e.number = CASE WHEN a.norm = 0 THEN a.day ELSE m.number END WHERE e.ends_at - 1 > a.asked),
y AS (SELECT CASE WHEN seen < asked THEN 0 ELSE (seen - asked) * 1000000000 / (due - asked) END AS length, begun,
             CASE WHEN begun = 1 AND seen <= due THEN 1 ELSE 0 END AS within,
             CASE WHEN due <= $2 AND (begun = 1 OR ended = 0 OR seen > due) THEN 1 ELSE 0 END AS reached FROM b),
f AS MATERIALIZED (SELECT length, sum(begun) AS d, count(*) AS n, sum(within) AS within, sum(reached) AS reached,
                          sum(reached * within) AS kept FROM y GROUP BY length),
@curve
SELECT (SELECT coalesce(sum(n), 0) FROM f), (SELECT coalesce(sum(within), 0) FROM f), (SELECT coalesce(sum(reached), 0) FROM f),
       (SELECT coalesce(sum(kept), 0) FROM f), min(CASE WHEN length <= 1000000000 THEN s END), (SELECT max(length) FROM f)
  FROM h;

-- opinion_silence(at time, days int) -> one (n int, k int)
-- W4: stretches without a talk that ended, each of so many calendar days at most; of these ended by a talk. From asking, or from
-- the talk before, to the next one or the end of the wait; every time that the days are over one ends and the next begins.
-- scan: every request is looked at
-- unscoped: counts, nothing about anyone
WITH l AS (SELECT s.request, s.received_at, coalesce(s.left_at, $1) AS off @live),
q AS (SELECT request, 0 AS place, received_at AS moment, 0 AS seq FROM l
      UNION ALL
      SELECT l.request, 1, e.occurred_at, e.seq FROM event e JOIN l ON l.request = e.request
       WHERE e.kind = 'call_reached' AND e.occurred_at < l.off @kept
      UNION ALL
      SELECT request, 2, off, 0 FROM l),
n AS (SELECT q.request, q.place, q.moment, q.seq, d.number + CASE WHEN q.moment >= d.ends THEN 1 ELSE 0 END AS day
        FROM q JOIN opinion_day d ON d.day = substr(q.moment, 1, 10)),
z AS (SELECT place, day, lag(day) OVER (PARTITION BY request ORDER BY place, moment, seq) AS heard FROM n)
SELECT coalesce(sum(CASE WHEN place = 1 THEN 1 ELSE 0 END + CASE WHEN day > heard THEN (day - heard) / ($2 + 1) ELSE 0 END), 0),
       coalesce(sum(CASE WHEN place = 1 THEN 1 ELSE 0 END), 0)
  FROM z WHERE place > 0;

-- opinion_heard(since time) -> one (n int, k int)
-- W4 on the date: everybody who waits; of these spoken to, or asked, since that moment.
-- scan: everybody on the list is looked at
-- unscoped: counts, nothing about anyone
WITH r AS (SELECT DISTINCT e.request FROM event e WHERE e.kind = 'call_reached' AND e.occurred_at >= $1 @kept),
l AS (SELECT s.request, s.received_at @live AND s.waiting = 1)
SELECT count(*), coalesce(sum(CASE WHEN l.received_at >= $1 OR r.request IS NOT NULL THEN 1 ELSE 0 END), 0)
  FROM l LEFT JOIN r ON r.request = l.request;

-- opinion_told(today time) -> one (n int, k int)
-- W5: everybody who waits; of these with an expected period, told last and not taken back, that has not ended.
-- scan: everybody on the list is looked at
-- unscoped: counts, nothing about anyone
WITH @windows,
l AS (SELECT s.request @live AND s.waiting = 1)
SELECT count(*), coalesce(sum(CASE WHEN v.until >= $1 THEN 1 ELSE 0 END), 0) FROM l LEFT JOIN v ON v.request = l.request AND v.back = 1;

-- opinion_windows(at_second int) -> one (n int, k int, last_n int, last_k int)
-- W6: expected periods told first that ended; of these started by then. The same for those told last.
-- scan: every event is looked at
-- unscoped: counts, nothing about anyone
WITH @windows,
l AS (SELECT s.request, s.started_at @live),
o AS (SELECT v.place, v.back, c.ends_at, CASE WHEN l.started_at < c.ends THEN 1 ELSE 0 END AS kept
        FROM v JOIN l ON l.request = v.request JOIN opinion_day d ON d.day = substr(v.until, 1, 10)
        JOIN opinion_day c ON c.number = d.number + CASE WHEN v.until >= d.ends THEN 1 ELSE 0 END)
SELECT coalesce(sum(CASE WHEN place = 1 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN place = 1 THEN kept ELSE 0 END), 0),
       coalesce(sum(CASE WHEN back = 1 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN back = 1 THEN kept ELSE 0 END), 0)
  FROM o WHERE ends_at - 1 <= $1;

-- opinion_research(at_second int) -> one (n int, k int)
-- D3: Wmo reports whose six weeks ended, and that did not end by themselves before; of these with a written account by then.
-- scan: every report is looked at
-- unscoped: counts, nothing about anyone
WITH @days,
l AS (SELECT s.request @live),
r AS (SELECT w.account_at, w.ended_at, d.number + CASE WHEN w.reported_at >= d.ends THEN 1 ELSE 0 END + 42 AS day
        FROM law w JOIN l ON l.request = w.request JOIN opinion_day d ON d.day = substr(w.reported_at, 1, 10)),
o AS (SELECT r.account_at, r.ended_at, e.ends, e.ends_at FROM r JOIN c ON c.number = r.day JOIN opinion_day e ON e.number = c.lawful_day)
SELECT count(*), coalesce(sum(CASE WHEN account_at < ends THEN 1 ELSE 0 END), 0)
  FROM o WHERE ends_at - 1 <= $1 AND (account_at IS NOT NULL OR ended_at IS NULL OR ended_at >= ends);

-- opinion_direct() -> one (n int, k int)
-- H1: requests with an agreed plan, or closed with help; of these helped by the team itself.
-- scan: every request with help is looked at
-- unscoped: counts, nothing about anyone
WITH @plans,
l AS (SELECT s.request, s.ended_at @live),
o AS (SELECT @direct AS direct FROM l s JOIN care k ON k.request = s.request LEFT JOIN p ON p.request = s.request
        LEFT JOIN y ON y.request = s.request)
SELECT coalesce(sum(CASE WHEN direct IS NOT NULL THEN 1 ELSE 0 END), 0), coalesce(sum(direct), 0) FROM o;

-- opinion_quickly(at time, at_second int, unknown int, later int, normal int, soon int) -> one (n int, k int)
-- H2: requests with an agreed plan, emergencies apart; of these helped by the team itself and started within the norm. Who is
-- helped by the team and whose norm is not over yet is not counted.
-- scan: every request with a plan is looked at
-- unscoped: counts, nothing about anyone
WITH @days,
m AS (SELECT worked, number FROM c WHERE works = 1),
@plans,
l AS (SELECT s.request, s.urgency, s.received_at, s.started_at, s.ended_at @live AND s.urgency <> 4),
o AS (SELECT s.started_at, @direct AS direct, d.number + CASE WHEN s.received_at >= d.ends THEN 1 ELSE 0 END AS day, @norm_of AS norm
        FROM l s JOIN p ON p.request = s.request LEFT JOIN care k ON k.request = s.request LEFT JOIN y ON y.request = s.request
        JOIN opinion_day d ON d.day = substr(s.received_at, 1, 10) WHERE p.planned_at <= $1),
q AS (SELECT o.direct, CASE WHEN o.started_at < e.ends THEN 1 ELSE 0 END AS within, CASE WHEN e.ends_at - 1 > $2 THEN 1 ELSE 0 END AS open
        FROM o JOIN c ON c.number = o.day LEFT JOIN m ON m.worked = c.worked + o.norm
        JOIN opinion_day e ON e.number = CASE WHEN o.norm = 0 THEN o.day ELSE m.number END)
SELECT count(*), coalesce(sum(CASE WHEN direct = 1 THEN within ELSE 0 END), 0) FROM q WHERE NOT (coalesce(direct, 0) = 1 AND open = 1);

-- opinion_experience(day date) -> one (n int, sum int?)
-- E4: answers after a contact, and the sum of their marks.
SELECT count(number), sum(number) FROM outside_record WHERE list = 'experience' AND day <= $1;

-- opinion_complaints(at time) -> one (n int, finished int, solved int, committee int, ombudsman int)
-- K1: complaints received; finished, of these solved by talking; to the committee, to the ombudsman.
-- unscoped: counts, nothing about anyone
WITH h AS (SELECT object_id, max(CASE WHEN kind IN ('solved', 'decided', 'answered', 'withdrawn', 'refused') THEN 1 ELSE 0 END) AS finished,
                  max(CASE WHEN kind = 'solved' THEN 1 ELSE 0 END) AS solved, max(CASE WHEN kind = 'ombudsman' THEN 1 ELSE 0 END) AS ombudsman,
                  max(CASE WHEN kind = 'to_committee' THEN 1 ELSE 0 END) AS committee
             FROM history WHERE object = 'complaint' AND occurred_at <= $1 GROUP BY object_id)
SELECT count(*), coalesce(sum(h.finished), 0), coalesce(sum(h.finished * h.solved), 0),
       coalesce(sum(h.committee), 0), coalesce(sum(h.ombudsman), 0)
  FROM complaint c LEFT JOIN h ON h.object_id = c.id WHERE c.received_at <= $1;

-- opinion_open(at time, at_second int) -> one (since int?, seconds int)
-- K1 b: the first request that did not wait before the register began, and the seconds from then on that requests were open, all
-- together.
-- scan: every request is looked at
-- unscoped: counts, nothing about anyone
WITH b AS (SELECT min(r.received_at) AS since_at FROM request r
            WHERE coalesce(r.route, '') <> 'carry_over' AND r.received_at <= $1),
w AS (SELECT CASE WHEN s.received_at < (SELECT since_at FROM b) THEN (SELECT since_at FROM b) ELSE s.received_at END AS from_at,
             CASE WHEN s.ended_at <= $1 THEN s.ended_at END AS to_at
      @live AND s.received_at <= $1),
t AS (SELECT d.second + cast(substr(w.from_at, 12, 2) AS integer) * 3600 + cast(substr(w.from_at, 15, 2) AS integer) * 60
                      + cast(substr(w.from_at, 18, 2) AS integer) AS begun,
             coalesce(x.second + cast(substr(w.to_at, 12, 2) AS integer) * 3600 + cast(substr(w.to_at, 15, 2) AS integer) * 60
                               + cast(substr(w.to_at, 18, 2) AS integer), $2) AS ended
        FROM w JOIN opinion_day d ON d.day = substr(w.from_at, 1, 10) LEFT JOIN opinion_day x ON x.day = substr(w.to_at, 1, 10))
SELECT (SELECT d.second + cast(substr(b.since_at, 12, 2) AS integer) * 3600 + cast(substr(b.since_at, 15, 2) AS integer) * 60
                        + cast(substr(b.since_at, 18, 2) AS integer) FROM b JOIN opinion_day d ON d.day = substr(b.since_at, 1, 10)),
       cast(coalesce(sum(CASE WHEN ended > begun THEN ended - begun ELSE 0 END), 0) AS bigint)
  FROM t;

-- opinion_complaint_terms(at time, at_second int, provider_weeks int, youth_weeks int) -> one (n int, k int)
-- K1 c: complaints whose term is over; of these answered within it. Awb 9:11: six weeks, ten with a committee, four more once when that is
-- said in time, and not ending on a day of rest while the term is no longer than twelve weeks (Atw); a provider and a committee of
-- youth help (before its ruling) have weeks of their own, as set for the day of the complaint, and four more. A later
-- day that the complainant agreed to in time counts. What was said after the answer counts for nothing.
-- scan: complaints are hundreds at most
-- unscoped: counts, nothing about anyone
WITH @days,
j AS (SELECT object_id AS id, kind, occurred_at AS at, until, seq,
             CASE WHEN kind IN ('solved', 'decided', 'answered', 'withdrawn', 'refused') THEN 1 ELSE 0 END AS done
        FROM history WHERE object = 'complaint' AND occurred_at <= $1),
k AS (SELECT j.*, row_number() OVER (PARTITION BY id, kind ORDER BY seq DESC) AS back, row_number() OVER (PARTITION BY id, done ORDER BY seq) AS place FROM j),
h AS (SELECT id, max(CASE WHEN kind = 'extended' AND back = 1 THEN at END) AS extended_at,
             max(CASE WHEN kind = 'agreed' AND back = 1 THEN at END) AS agreed_at, max(CASE WHEN kind = 'agreed' AND back = 1 THEN until END) AS named_at,
             max(CASE WHEN kind = 'to_committee' THEN 4 ELSE 0 END) AS more, max(CASE WHEN kind = 'ruled' AND back = 1 THEN at END) AS ruled_at,
             max(CASE WHEN kind = 'answered' AND back = 1 THEN at END) AS answered_at,
             max(CASE WHEN done = 1 AND kind <> 'answered' AND back = 1 THEN at END) AS decided_at, max(CASE WHEN done = 1 AND place = 1 THEN at END) AS end_at
        FROM k GROUP BY id),
q AS (SELECT z.id, z.regime, z.received_at AS at, h.ruled_at, coalesce(h.more, 0) AS more, h.extended_at, h.agreed_at, h.named_at, h.answered_at,
             h.decided_at AS stop_at, h.end_at FROM complaint z LEFT JOIN h ON h.id = z.id WHERE z.received_at <= $1),
d AS (SELECT q.*, a.day, a.number + CASE WHEN q.at >= a.ends THEN 1 ELSE 0 END AS start, x.number + CASE WHEN q.extended_at >= x.ends THEN 1 ELSE 0 END AS extended,
             f.number + CASE WHEN q.agreed_at >= f.ends THEN 1 ELSE 0 END AS agreed,
             CASE WHEN q.named_at IS NOT NULL THEN coalesce(t.number + CASE WHEN q.named_at >= t.ends THEN 1 ELSE 0 END, 10000000) END AS named
        FROM q JOIN opinion_day a ON a.day = substr(q.at, 1, 10) LEFT JOIN opinion_day x ON x.day = substr(q.extended_at, 1, 10)
        LEFT JOIN opinion_day f ON f.day = substr(q.agreed_at, 1, 10) LEFT JOIN opinion_day t ON t.day = substr(q.named_at, 1, 10)
       WHERE q.regime <> 'youth' OR q.ruled_at IS NULL),
s AS (SELECT d.id, cast(l.value AS integer) AS weeks, row_number() OVER (PARTITION BY d.id ORDER BY l.from_day DESC, l.seq DESC) AS back
        FROM d JOIN opinion_day o ON o.number = d.start JOIN law_setting l ON l.from_day <= o.day AND l.name = 'law.' || d.regime || '_weeks'),
e AS (SELECT d.*, CASE d.regime WHEN 'provider' THEN coalesce(s.weeks, $3) WHEN 'youth' THEN coalesce(s.weeks, $4) ELSE 6 + d.more END AS weeks,
             CASE WHEN d.stop_at IS NULL OR d.extended_at <= d.stop_at THEN d.extended END AS longer,
             CASE WHEN d.stop_at IS NULL OR d.agreed_at <= d.stop_at THEN d.agreed END AS later FROM d LEFT JOIN s ON s.id = d.id AND s.back = 1),
f AS (SELECT e.*, CASE WHEN e.regime = 'awb' THEN c.lawful_day ELSE c.number END AS first_due,
             CASE WHEN e.regime = 'awb' AND e.weeks <= 8 THEN y.lawful_day ELSE y.number END AS longer_due
        FROM e LEFT JOIN c ON c.number = e.start + 7 * e.weeks LEFT JOIN c y ON y.number = e.start + 7 * e.weeks + 28),
g AS (SELECT f.*, CASE WHEN f.longer <= f.first_due THEN f.longer_due ELSE f.first_due END AS due FROM f),
n AS (SELECT g.end_at, CASE WHEN g.later <= g.due AND g.named >= g.later AND g.named > g.due THEN g.named ELSE g.due END AS due FROM g)
SELECT count(*), coalesce(sum(CASE WHEN n.end_at < o.ends THEN 1 ELSE 0 END), 0)
  FROM n JOIN opinion_day o ON o.number = n.due WHERE o.ends_at - 1 <= $2;

-- opinion_rulings(at time, at_second int) -> one (n int, k int)
-- K1 c, the complaints about youth help with a ruling: a month after it, not ending on a day of rest (Jeugdwet 4.2.1).
-- scan: complaints are hundreds at most
-- unscoped: counts, nothing about anyone
WITH @days,
k AS (SELECT object_id AS id, kind, occurred_at AS at, row_number() OVER (PARTITION BY object_id, kind ORDER BY seq DESC) AS back,
             row_number() OVER (PARTITION BY object_id, CASE WHEN kind IN ('solved', 'decided', 'answered', 'withdrawn', 'refused') THEN 1 ELSE 0 END
                                ORDER BY seq) AS place
        FROM history WHERE object = 'complaint' AND occurred_at <= $1),
h AS (SELECT id, max(CASE WHEN kind = 'ruled' AND back = 1 THEN at END) AS ruled_at,
             max(CASE WHEN kind IN ('solved', 'decided', 'answered', 'withdrawn', 'refused') AND place = 1 THEN at END) AS end_at
        FROM k GROUP BY id),
d AS (SELECT h.id, h.end_at, a.number + CASE WHEN h.ruled_at >= a.ends THEN 1 ELSE 0 END AS start
        FROM complaint z JOIN h ON h.id = z.id JOIN opinion_day a ON a.day = substr(h.ruled_at, 1, 10)
       WHERE z.regime = 'youth' AND z.received_at <= $1),
m AS (SELECT d.id, max(d.end_at) AS end_at, max(t.number) AS number
        FROM d JOIN opinion_day o ON o.number = d.start JOIN opinion_day g ON g.number = d.start - cast(substr(o.day, 9, 2) AS integer) + 32
        JOIN opinion_day t ON t.number BETWEEN d.start + 1 AND d.start + 31 AND substr(t.day, 1, 7) = substr(g.day, 1, 7)
         AND substr(t.day, 9, 2) <= substr(o.day, 9, 2)
       GROUP BY d.id)
SELECT count(*), coalesce(sum(CASE WHEN m.end_at < o.ends THEN 1 ELSE 0 END), 0)
  FROM m JOIN c ON c.number = m.number JOIN opinion_day o ON o.number = c.lawful_day WHERE o.ends_at - 1 <= $2;

-- opinion_patterns(day date) -> one (n int, k int, low50 real?, high50 real?, low80 real?, high80 real?)
-- K3: patterns; of these whose measure was checked. Kaplan-Meier of the days until then, as W1.
-- scan: a list of some dozens, so no data base is to look for another way
WITH t AS (SELECT CASE WHEN o.checked <= $1 THEN 1 ELSE 0 END AS begun,
                  CASE WHEN x.number < d.number THEN 0 ELSE x.number - d.number END AS length
             FROM outside_record o JOIN opinion_day d ON d.day = o.day
             JOIN opinion_day x ON x.day = CASE WHEN o.checked <= $1 THEN o.checked ELSE $1 END
            WHERE o.list = 'pattern' AND o.day || '' <= $1),
f AS MATERIALIZED (SELECT length, sum(begun) AS d, count(*) AS n FROM t GROUP BY length),
@curve
SELECT (SELECT coalesce(sum(n), 0) FROM f), (SELECT coalesce(sum(d), 0) FROM f),
       min(CASE WHEN s <= ln(0.5 + 1e-9) THEN length END) + 0.0,
       coalesce(min(CASE WHEN s <= ln(0.5 - 1e-9) THEN length END), CASE WHEN min(s) <= ln(0.5 + 1e-9) THEN (SELECT max(length) FROM f) END) + 0.0,
       min(CASE WHEN s <= ln(0.2 + 1e-9) THEN length END) + 0.0,
       coalesce(min(CASE WHEN s <= ln(0.2 - 1e-9) THEN length END), CASE WHEN min(s) <= ln(0.2 + 1e-9) THEN (SELECT max(length) FROM f) END) + 0.0
  FROM h;
