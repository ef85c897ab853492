-- Mail that comes in: what customers answer, how far our mailbox has been read, and which mails of ours to our own people may come back.

CREATE TABLE reply (
    id {key},
    -- Forged or not: each is taken once.
    message_id TEXT NOT NULL UNIQUE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    -- The letter that it answers.
    letter_id BIGINT NOT NULL REFERENCES letter (id),
    from_address TEXT NOT NULL,
    from_name TEXT,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    -- Written by a program: an absence note, as a rule.
    automatic BOOLEAN NOT NULL,
    received_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL
);
CREATE INDEX reply_by_case ON reply (case_id, id);

CREATE TABLE mailbox_position (
    -- Server, user and mailbox.
    name TEXT PRIMARY KEY,
    uid_validity BIGINT NOT NULL,
    next_uid BIGINT NOT NULL
);

CREATE TABLE notice_mail (
    message_id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);
CREATE INDEX notice_mail_by_age ON notice_mail (sent_at);
