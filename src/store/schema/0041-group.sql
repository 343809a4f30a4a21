-- SPDX-License-Identifier: EUPL-1.2
-- Groups (collectieve trajecten). What is on offer names nobody; who takes part is a row that belongs to an event of the
-- request (bridge_accepted or help_started), and ends with an event bridge_ended or help_ended.
CREATE TABLE group_programme (
    id        INTEGER PRIMARY KEY,
    version   INTEGER NOT NULL,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    team      INTEGER REFERENCES team (id),
    place     TEXT NOT NULL,
    themes    TEXT NOT NULL,
    capacity  INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on   TEXT NOT NULL,
    stopped   INTEGER NOT NULL
) STRICT;
CREATE TABLE group_session (
    programme INTEGER NOT NULL REFERENCES group_programme (id),
    held_on   TEXT NOT NULL,
    guests    INTEGER NOT NULL,
    PRIMARY KEY (programme, held_on)
) STRICT, WITHOUT ROWID;
CREATE TABLE participation (
    id        INTEGER PRIMARY KEY,
    programme INTEGER NOT NULL REFERENCES group_programme (id),
    request   INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    bridge    INTEGER NOT NULL,
    line      INTEGER REFERENCES help_line (id),
    FOREIGN KEY (request, seq) REFERENCES event (request, seq)
) STRICT;
CREATE INDEX participation_programme ON participation (programme, request);
CREATE INDEX participation_request ON participation (request);
CREATE TABLE attendance (
    programme     INTEGER NOT NULL,
    held_on       TEXT NOT NULL,
    participation INTEGER NOT NULL REFERENCES participation (id),
    present       INTEGER NOT NULL,
    PRIMARY KEY (programme, held_on, participation),
    FOREIGN KEY (programme, held_on) REFERENCES group_session (programme, held_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_participation ON attendance (participation);
