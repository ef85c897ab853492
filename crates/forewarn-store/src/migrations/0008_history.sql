-- The record nobody can rewrite: each event of a case carries a hash over itself and the one before it, and each
-- day's events are summed up in a head.

-- may change: case_event
ALTER TABLE case_event ADD COLUMN chain TEXT;
-- fill: chains
-- only grows: case_event

CREATE TABLE history_head (
    id {key},
    until_at BIGINT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    events BIGINT NOT NULL,
    head TEXT NOT NULL
);
-- only grows: history_head
