-- Findings of the wording check that a person keeps, because …: remembered by the sentence they stand in.

CREATE TABLE wording_kept (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    rule TEXT NOT NULL,
    sentence_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, rule, sentence_hash)
);
CREATE INDEX wording_kept_by_rule ON wording_kept (rule, kept_at);
