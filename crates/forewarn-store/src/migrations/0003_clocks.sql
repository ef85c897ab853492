-- Absences with deputies, escalation steps, notices to our own people, and calendars of people and teams.

ALTER TABLE team ADD COLUMN above_id BIGINT REFERENCES team (id);
ALTER TABLE team ADD COLUMN calendar TEXT;
-- Where notices to the people of a team are posted, too: JSON of a chat target.
ALTER TABLE team ADD COLUMN chat TEXT;
ALTER TABLE person ADD COLUMN calendar TEXT;
ALTER TABLE person ADD COLUMN chat TEXT;
-- Since when mail to this person comes back, and what the server says.
ALTER TABLE person ADD COLUMN mail_trouble_at BIGINT;
ALTER TABLE person ADD COLUMN mail_trouble TEXT;

CREATE TABLE absence (
    id {key},
    person_id BIGINT NOT NULL REFERENCES person (id),
    deputy_id BIGINT REFERENCES person (id),
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    cancelled_at BIGINT,
    -- When the clocks were moved for its beginning and for its end.
    begun_at BIGINT,
    ended_at BIGINT,
    CHECK (until_at > from_at)
);
CREATE INDEX absence_by_person ON absence (person_id, until_at);
CREATE INDEX absence_by_deputy ON absence (deputy_id, until_at);
CREATE INDEX absence_to_begin ON absence (from_at) WHERE begun_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX absence_to_end ON absence (until_at) WHERE ended_at IS NULL AND cancelled_at IS NULL;
INSERT INTO absence (person_id, deputy_id, from_at, until_at, created_at)
SELECT person_id, deputy_id, from_at, until_at, from_at FROM deputy WHERE until_at > from_at;

-- The next step of every ladder that is under way in a case, and those that were fired or have become stale.
CREATE TABLE escalation_step (
    id {key},
    case_id BIGINT NOT NULL REFERENCES cases (id),
    ladder TEXT NOT NULL,
    step BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    rule TEXT NOT NULL,
    done_at BIGINT,
    fired BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (case_id, ladder, step, generation)
);
CREATE INDEX escalation_due ON escalation_step (due_at, case_id) WHERE done_at IS NULL;
CREATE INDEX escalation_supply ON escalation_step (case_id) WHERE done_at IS NULL AND ladder = 'supply';
CREATE INDEX facts_due ON obligation (due_at, case_id) WHERE done_at IS NULL AND kind = 'facts-by';
CREATE INDEX next_word_due ON cases (next_word_by, id)
    WHERE closed_at IS NULL AND next_word_missed = FALSE AND next_word_by IS NOT NULL;

-- Whose cases have to be timed anew, and how far that has got.
CREATE TABLE recompute (
    id {key},
    -- 'person', 'team', 'customer' or 'all'; of_id names which.
    whose TEXT NOT NULL,
    of_id BIGINT,
    because TEXT NOT NULL,
    after_case BIGINT NOT NULL DEFAULT 0
);
INSERT INTO recompute (whose, because)
SELECT 'all', '{"changed":"policy"}' WHERE EXISTS (SELECT 1 FROM cases WHERE closed_at IS NULL);

CREATE TABLE notice (
    id {key},
    key TEXT NOT NULL UNIQUE,
    person_id BIGINT NOT NULL REFERENCES person (id),
    case_id BIGINT REFERENCES cases (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    why TEXT,
    not_before BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT,
    acted_at BIGINT,
    -- When there was nothing left to do about it.
    settled_at BIGINT
);
CREATE INDEX notice_by_person ON notice (person_id, created_at);
CREATE INDEX notice_unseen ON notice (person_id) WHERE seen_at IS NULL AND settled_at IS NULL;
CREATE INDEX notice_by_case ON notice (case_id, kind) WHERE settled_at IS NULL;

CREATE TABLE notice_delivery (
    id {key},
    notice_id BIGINT NOT NULL REFERENCES notice (id),
    channel TEXT NOT NULL,
    target TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    attempts BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT NOT NULL,
    token TEXT,
    lease_until BIGINT,
    sent_at BIGINT,
    error TEXT,
    UNIQUE (notice_id, channel)
);
CREATE INDEX delivery_to_try ON notice_delivery (next_try_at) WHERE state = 'pending';
CREATE INDEX delivery_claimed ON notice_delivery (lease_until) WHERE state = 'claimed';

-- Links of a notice that was mailed or posted: each shows that notice, and acts on it after a POST.
CREATE TABLE notice_link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    notice_id BIGINT NOT NULL REFERENCES notice (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX notice_link_by_end ON notice_link (expires_at);
