-- Programs that call: the tokens they come with, and what they were answered, so that a call which is sent again does nothing twice.

CREATE TABLE api_token (
    id {key},
    token_hash TEXT NOT NULL UNIQUE,
    -- Whose: it never does more than they may.
    person_id BIGINT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    -- JSON: a list of words.
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BIGINT REFERENCES person (id),
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_token_by_person ON api_token (person_id, id);

CREATE TABLE api_call (
    person_id BIGINT NOT NULL REFERENCES person (id),
    key_hash TEXT NOT NULL,
    -- Of method, address and body: the same key with another call is a mistake.
    request_hash TEXT NOT NULL,
    -- JSON: what the call has led to. Written in the transaction of the effect.
    receipt TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key_hash)
);
CREATE INDEX api_call_by_age ON api_call (answered_at);
