-- SPDX-License-Identifier: EUPL-1.2
-- What a worker begins the day with: the own open requests, who asked first in front.
CREATE INDEX standing_own ON standing (worker, received_at, request) WHERE ended_at IS NULL AND worker IS NOT NULL;

-- A filter of a list that a user keeps under a name (bewaard filter), for the own account or for the whole team.
CREATE TABLE saved_filter (
    id      INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    team    INTEGER REFERENCES team (id),
    page    TEXT NOT NULL,
    name    TEXT NOT NULL,
    query   TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_filter_name ON saved_filter (account, page, name);
CREATE INDEX saved_filter_team ON saved_filter (team, page) WHERE team IS NOT NULL;
