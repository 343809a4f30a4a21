-- SPDX-License-Identifier: EUPL-1.2
-- Help from the first talk to aftercare. What happened is an event of the request; the rows here say more about one event
-- (request, seq). When the event is taken back (undone), its row counts no more. Free text is sealed for the resident.

-- Used client supporters are counted over all requests.
CREATE INDEX event_supporter ON event (occurred_at) WHERE kind = 'supporter_used';

-- present: sum of 1 resident, 2 representative, 4 network, 8 carer, 16 client supporter, 32 another professional.
CREATE TABLE talk (
    request   INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    place     TEXT NOT NULL,
    present   INTEGER NOT NULL,
    next_step BLOB,
    PRIMARY KEY (request, seq),
    FOREIGN KEY (request, seq) REFERENCES event (request, seq)
) STRICT, WITHOUT ROWID;

-- A version of the plan is never changed; a newer one takes its place. main: which help is to be the main line.
CREATE TABLE support_plan (
    request     INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    main        TEXT NOT NULL,
    evaluate_on TEXT NOT NULL,
    PRIMARY KEY (request, seq),
    FOREIGN KEY (request, seq) REFERENCES event (request, seq)
) STRICT, WITHOUT ROWID;
-- A goal keeps its number in every version of the plan.
CREATE TABLE goal (
    request  INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    for_whom TEXT NOT NULL,
    by_day   TEXT NOT NULL,
    score    INTEGER,
    what     BLOB NOT NULL,
    tasks    BLOB,
    PRIMARY KEY (request, seq, number),
    FOREIGN KEY (request, seq) REFERENCES support_plan (request, seq)
) STRICT, WITHOUT ROWID;

-- A line of help. It starts with the event (request, seq) and ends with an event help_ended whose object is its id.
CREATE TABLE help_line (
    id        INTEGER PRIMARY KEY,
    request   INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    partner   INTEGER,
    programme INTEGER,
    decision  INTEGER NOT NULL,
    warm      INTEGER NOT NULL,
    provider  BLOB,
    FOREIGN KEY (request, seq) REFERENCES event (request, seq)
) STRICT;
CREATE UNIQUE INDEX help_line_request ON help_line (request, seq);

CREATE TABLE evaluation_goal (
    request     INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    by_resident TEXT NOT NULL,
    by_worker   TEXT NOT NULL,
    score       INTEGER,
    PRIMARY KEY (request, seq, number),
    FOREIGN KEY (request, seq) REFERENCES event (request, seq)
) STRICT, WITHOUT ROWID;
-- Scores of life areas, 1 to 5; 0: not needed.
CREATE TABLE area_score (
    request INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    area    TEXT NOT NULL,
    level   INTEGER NOT NULL,
    PRIMARY KEY (request, seq, area),
    FOREIGN KEY (request, seq) REFERENCES event (request, seq)
) STRICT, WITHOUT ROWID;

-- main_planned and main_closed: the kind of the main line at the plan and at closing, both kept. direct: the answer of the
-- fixed rule; when a person says otherwise that is an event direct_said.
CREATE TABLE closing (
    request      INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    where_to     TEXT NOT NULL,
    alone        TEXT NOT NULL,
    experience   TEXT NOT NULL,
    main_planned TEXT,
    main_closed  TEXT,
    rule         INTEGER NOT NULL,
    direct       TEXT NOT NULL,
    PRIMARY KEY (request, seq),
    FOREIGN KEY (request, seq) REFERENCES event (request, seq)
) STRICT, WITHOUT ROWID;

-- How the help of each request stands: computed from its events whenever one is added, so that lists are quick. The dates
-- are agreed or happened; what is due when is computed from them.
CREATE TABLE care (
    request      INTEGER NOT NULL PRIMARY KEY REFERENCES request (id),
    lines        INTEGER NOT NULL,
    main         TEXT,
    main_planned TEXT,
    direct       TEXT,
    evaluate_on  TEXT,
    referred_at  TEXT,
    helped_until TEXT
) STRICT;
CREATE INDEX care_evaluate ON care (evaluate_on, request) WHERE evaluate_on IS NOT NULL;
CREATE INDEX care_referred ON care (referred_at, request) WHERE referred_at IS NOT NULL;
CREATE INDEX care_helped ON care (helped_until, request) WHERE helped_until IS NOT NULL;

-- @sqlite
CREATE TRIGGER support_plan_kept BEFORE UPDATE ON support_plan BEGIN SELECT RAISE(ABORT, 'plans are only appended'); END;
CREATE TRIGGER goal_kept BEFORE UPDATE ON goal BEGIN SELECT RAISE(ABORT, 'plans are only appended'); END;
CREATE TRIGGER closing_kept BEFORE UPDATE ON closing BEGIN SELECT RAISE(ABORT, 'closings are only appended'); END;
-- @postgres
CREATE TRIGGER support_plan_kept BEFORE UPDATE ON support_plan FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER goal_kept BEFORE UPDATE ON goal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER closing_kept BEFORE UPDATE ON closing FOR EACH ROW EXECUTE FUNCTION refuse_change();
