-- Erasing a contact: who did it and why, whom no report may bring back, and the hash of what an event said before.

CREATE TABLE erasure (
    id {key},
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    erased_at BIGINT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    reason TEXT NOT NULL,
    -- How many rows named them.
    places BIGINT NOT NULL
);
-- only grows: erasure

-- Salted hashes of names, numbers and addresses: enough to know somebody again in a report.
CREATE TABLE erased_contact (
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    salt TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (customer_id, mark)
);

-- An event is bound by the hash of its text from now on, which stays when the text is erased. No release has had
-- the older way; the heads of development are made anew.
-- may change: case_event
ALTER TABLE case_event ADD COLUMN erased_hash TEXT;
ALTER TABLE case_event ADD COLUMN erasure_id BIGINT REFERENCES erasure (id);
-- fill: chains
-- only grows but for erasure: case_event case_id seq happened_at recorded_at person_id kind entry chain
-- may change: evidence
ALTER TABLE evidence ADD COLUMN erasure_id BIGINT REFERENCES erasure (id);
-- only grows but for erasure: evidence id promise_id outlook_is outlook_from outlook_to observed_at recorded_at import_id person_id
-- may change: history_head
DELETE FROM history_head;
-- only grows: history_head
