-- SPDX-License-Identifier: EUPL-1.2
-- A second opinion on the core figures: the numbers n and k of each, straight from the tables, on both engines. A test compares
-- them with what the facts say (tests/unit/test_opinion.c). They read the projections (standing, care), which the facts do not:
-- what is wrong in one of the two is seen. On PostgreSQL with partitions this is also the way for a register that outgrows one
-- machine.

-- @define live
  FROM standing s WHERE s.merged IS NULL AND coalesce(s.left_reason, '') <> 'duplicate'
-- @define happened
       (SELECT count(*) FROM event e WHERE e.request = s.request AND e.kind = 'plan_agreed'
           AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq))

-- opinion_calls(at time, norm int) -> one (n int, k int)
-- T1: calls answered within the norm (seconds), of all that the exchange reported.
SELECT count(*), coalesce(sum(CASE WHEN abandoned = 0 AND seconds <= $2 THEN 1 ELSE 0 END), 0) FROM phone_call WHERE offered_at <= $1;

-- opinion_failure(at time) -> one (n int, k int)
-- T4: contacts that exist because something went wrong, of all.
-- unscoped: counts, nothing about anyone
SELECT count(*), coalesce(sum(CASE WHEN failure IS NOT NULL THEN 1 ELSE 0 END), 0) FROM contact
 WHERE withdrawn = 0 AND occurred_at <= $1;

-- opinion_left_over(at date) -> one (n int, k int)
-- Z2: questions for which there was no time, of those brought.
SELECT coalesce(sum(questions), 0), coalesce(sum(unhandled), 0) FROM presence WHERE state = 'held' AND day <= $1;

-- opinion_urgent() -> one (n int, k int)
-- I3: emergencies; of these with a first action at all.
-- scan: every request is looked at
-- unscoped: counts, nothing about anyone
SELECT coalesce(sum(CASE WHEN s.urgent_at IS NOT NULL THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN s.urgent_at IS NOT NULL AND (s.protected_at IS NOT NULL OR s.started_at >= s.urgent_at)
                         THEN 1 ELSE 0 END), 0)
@live;

-- opinion_wait() -> one (n int, k int)
-- W1: everybody who asked, emergencies apart; of these started.
-- scan: every request is looked at
-- unscoped: counts, nothing about anyone
SELECT coalesce(sum(CASE WHEN s.urgency <> 4 THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN s.urgency <> 4 AND s.started_at IS NOT NULL THEN 1 ELSE 0 END), 0)
@live;

-- opinion_heard(since time) -> one (n int, k int)
-- W4 on the date: everybody who waits; of these spoken to, or asked, since that moment.
-- scan: everybody on the list is looked at
-- unscoped: counts, nothing about anyone
SELECT count(*), coalesce(sum(CASE WHEN s.received_at >= $1 OR (SELECT count(*) FROM event e WHERE e.request = s.request
              AND e.kind = 'call_reached' AND e.occurred_at >= $1
              AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq)) > 0
            THEN 1 ELSE 0 END), 0)
@live AND s.waiting = 1;

-- opinion_direct() -> one (n int, k int)
-- H1: requests with an agreed plan, or closed with help; of these helped by the team itself.
-- scan: every request with help is looked at
-- unscoped: counts, nothing about anyone
SELECT coalesce(sum(CASE WHEN h.direct IS NOT NULL THEN 1 ELSE 0 END), 0), coalesce(sum(h.direct), 0) FROM (
SELECT CASE WHEN s.ended_at IS NOT NULL THEN CASE c.direct WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END
            WHEN @happened > 0 AND coalesce(c.main, c.main_planned) IN ('team', 'group') THEN 1
            WHEN @happened > 0 AND coalesce(c.main, c.main_planned) IS NOT NULL THEN 0 END AS direct
  FROM care c JOIN standing s ON s.request = c.request
 WHERE s.merged IS NULL AND coalesce(s.left_reason, '') <> 'duplicate'
   AND NOT EXISTS (SELECT 1 FROM event d WHERE d.request = s.request AND d.kind = 'closed' AND d.reason = 'duplicate')) h;

-- opinion_complaints(at time) -> one (n int, k int)
-- K1: complaints received; of these closed.
-- unscoped: counts, nothing about anyone
SELECT count(*), coalesce(sum(CASE WHEN closed_at IS NOT NULL THEN 1 ELSE 0 END), 0) FROM complaint WHERE received_at <= $1;

-- opinion_windows() -> one (n int, k int)
-- W5 and W6: expected periods that were ever told.
-- scan: every event is looked at
-- unscoped: counts, nothing about anyone
SELECT count(*), count(DISTINCT request) FROM event WHERE kind = 'window_told';

-- opinion_call_times(at time) -> one (n int, low real?, high real?, low90 real?, high90 real?)
-- scan: every call is counted, so no data base is to look for another way
-- T1 b: seconds until a call was answered. The values on both sides of median and P90, counted by row number: between them lies
-- the quantile of type 7, with h = (n - 1) p.
SELECT max(n), max(CASE WHEN r = (n - 1) / 2 + 1 THEN seconds END) + 0.0, max(CASE WHEN r = n / 2 + 1 THEN seconds END) + 0.0,
       max(CASE WHEN r = (n - 1) * 9 / 10 + 1 THEN seconds END) + 0.0,
       max(CASE WHEN r = ((n - 1) * 9 + 9) / 10 + 1 THEN seconds END) + 0.0
  FROM (SELECT seconds, row_number() OVER (ORDER BY seconds, id) AS r, count(*) OVER () AS n
          FROM phone_call WHERE abandoned + 0 = 0 AND offered_at || '' <= $1) q;

-- opinion_told(today time) -> one (n int, k int)
-- W5: everybody who waits; of these with an expected period, told last and not taken back, that has not ended.
-- scan: everybody on the list is looked at
-- unscoped: counts, nothing about anyone
SELECT count(*), coalesce(sum(CASE WHEN (SELECT e.until FROM event e WHERE e.request = s.request AND e.kind = 'window_told'
              AND NOT EXISTS (SELECT 1 FROM event u WHERE u.request = e.request AND u.kind = 'undone' AND u.number = e.seq)
            ORDER BY e.occurred_at DESC, e.seq DESC LIMIT 1) >= $1 THEN 1 ELSE 0 END), 0)
@live AND s.waiting = 1;

-- opinion_experience(day date) -> one (n int, sum int?)
-- E4: answers after a contact, and the sum of their marks.
SELECT count(*), sum(number) FROM outside_record WHERE list = 'experience' AND day <= $1;

-- opinion_patterns(day date) -> one (n int, k int)
-- K3: patterns; of these whose measure was checked.
SELECT count(*), coalesce(sum(CASE WHEN checked <= $1 THEN 1 ELSE 0 END), 0)
  FROM outside_record WHERE list = 'pattern' AND day <= $1;
