-- SPDX-License-Identifier: EUPL-1.2
-- Signals (register/signal.h). They name nobody; who may see which is decided there.

-- signal_insert(keeper int, topic text, severity int, source text, reporter text, neighbourhood int?, team int?,
--   place int?, received_at time, recorded_at time, account int?, about blob?) -> one (id int)
INSERT INTO signal (keeper, topic, severity, source, reporter, neighbourhood, team, place, received_at, recorded_at, account,
                    about, version, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 'open') RETURNING id;

-- @define columns
SELECT s.id, s.keeper, s.topic, s.severity, s.source, s.neighbourhood, s.team, s.received_at, s.account, s.about, s.version,
       s.state, s.verdict, s.answered_at, s.closed_at
  FROM signal s

-- signal_list_open(topic text?, severity int?, account int?, max int) -> (id int, keeper int, topic text, severity int,
--   source text, neighbourhood int?, team int?, received_at time, account int?, about blob?, version int, state text,
--   verdict text?, answered_at time?, closed_at time?)
-- scan: walks the index of open signals from the oldest, until the page is full
@columns
 WHERE s.closed_at IS NULL AND ($1 IS NULL OR s.topic = $1) AND ($2 IS NULL OR s.severity = $2)
   AND ($3 IS NULL OR s.account = $3)
 ORDER BY s.received_at, s.id LIMIT $4;

-- signal_get(id int) like signal_list_open
@columns
 WHERE s.id = $1;

-- signal_list(from_at time, to_at time, topic text?, severity int?, account int?, max int) like signal_list_open
@columns
 WHERE s.received_at >= $1 AND s.received_at < $2 AND ($3 IS NULL OR s.topic = $3) AND ($4 IS NULL OR s.severity = $4)
   AND ($5 IS NULL OR s.account = $5)
 ORDER BY s.received_at DESC, s.id DESC LIMIT $6;

-- signal_reporters(topic text, neighbourhood int, from_at time, to_at time) -> one (n int)
-- How many different people told the same: this topic in this neighbourhood in this time.
SELECT count(DISTINCT s.reporter)
  FROM signal s
 WHERE s.topic = $1 AND s.neighbourhood = $2 AND s.received_at > $3 AND s.received_at <= $4;

-- signal_reporters_nowhere(topic text, from_at time, to_at time) -> one (n int)
SELECT count(DISTINCT s.reporter)
  FROM signal s
 WHERE s.topic = $1 AND s.neighbourhood IS NULL AND s.received_at > $2 AND s.received_at <= $3;

-- signal_state(id int, version int, state text, severity int, verdict text?, answered_at time?, closed_at time?)
UPDATE signal SET version = $2, state = $3, severity = $4, verdict = $5, answered_at = $6, closed_at = $7 WHERE id = $1;

-- signal_after(id int) -> (id int, version int, state text, severity int, verdict text?, answered_at time?, closed_at time?)
SELECT id, version, state, severity, verdict, answered_at, closed_at FROM signal WHERE id > $1 ORDER BY id LIMIT 100;
