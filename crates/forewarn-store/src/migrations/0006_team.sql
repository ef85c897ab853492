-- What leaders ask and where they join, for Today; finding tellings by their time and what is untold, for Team.

ALTER TABLE cases ADD COLUMN asked TEXT;
ALTER TABLE cases ADD COLUMN joins BIGINT REFERENCES person (id);
CREATE INDEX case_event_told ON case_event (happened_at) WHERE kind = 'told';
CREATE INDEX cases_untold ON cases (act_until, id) WHERE closed_at IS NULL AND (worst_slip_days > 0 OR no_date);

-- Which cases moved when all of somebody's were handed over at once, and by which of their events.
CREATE TABLE handover (
    entry TEXT NOT NULL,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    seq BIGINT NOT NULL,
    PRIMARY KEY (entry, case_id)
);
