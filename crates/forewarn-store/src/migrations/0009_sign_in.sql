-- How people sign in: a second step, recovery codes, who they are elsewhere, and a log of all of it.

ALTER TABLE person ADD COLUMN password_changed_at BIGINT;

-- `last_step` is the thirty seconds of which a code was last taken: each code is good once.
CREATE TABLE second_step (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    secret TEXT NOT NULL,
    since BIGINT NOT NULL,
    last_step BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    person_id BIGINT NOT NULL REFERENCES person (id),
    code_hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (person_id, code_hash)
);

-- Who somebody is at a provider of sign-ins (OpenID Connect).
CREATE TABLE outside_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    since BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (person_id, issuer)
);

CREATE TABLE security_event (
    id {key},
    happened_at BIGINT NOT NULL,
    what TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    by_id BIGINT REFERENCES person (id),
    address TEXT NOT NULL,
    device TEXT NOT NULL
);
CREATE INDEX security_event_by_person ON security_event (person_id, happened_at);
CREATE INDEX security_event_by_time ON security_event (happened_at);
