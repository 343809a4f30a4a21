-- SPDX-License-Identifier: EUPL-1.2
-- Indexes for what many roles see first each day: letters that may have to be sent, and levels of escalation.

DROP INDEX law_letter;
CREATE INDEX law_letter ON law (letter, reported_at, request) WHERE letter = 1;

DROP INDEX event_ave;
CREATE INDEX event_ave ON event (request, seq, kind) WHERE kind IN ('ave_changed', 'undone');
