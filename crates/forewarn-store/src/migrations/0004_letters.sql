-- Letters to customers: drafted, approved and frozen by a person, handed over once.

CREATE TABLE letter (
    id {key},
    case_id BIGINT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Grows with every change of a draft: whoever approves says which text they have read.
    version BIGINT NOT NULL DEFAULT 1,
    to_name TEXT NOT NULL,
    to_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    again_id BIGINT REFERENCES letter (id),
    entry TEXT UNIQUE,
    drafted_by BIGINT REFERENCES person (id),
    drafted_at BIGINT NOT NULL,
    approved_by BIGINT REFERENCES person (id),
    approved_at BIGINT,
    -- Frozen with the approval: what was read is what is sent.
    message_id TEXT UNIQUE,
    from_address TEXT,
    copy_address TEXT,
    mime TEXT,
    -- Not before this moment.
    next_try_at BIGINT,
    tries BIGINT NOT NULL DEFAULT 0,
    -- Whoever hands it over now, and until when that is believed.
    token TEXT,
    lease_until BIGINT,
    dot_at BIGINT,
    -- What the mail server said last, or what went wrong.
    answer TEXT,
    ended_at BIGINT,
    resolution TEXT,
    resolved_by BIGINT REFERENCES person (id),
    resolved_at BIGINT,
    bounce TEXT,
    bounced_at BIGINT,
    CHECK (state IN ('draft', 'approved', 'pending', 'claimed', 'dot', 'accepted', 'refused', 'unknown', 'cancelled')),
    CHECK (state IN ('draft', 'cancelled') OR (message_id IS NOT NULL AND mime IS NOT NULL)),
    CHECK (state NOT IN ('claimed', 'dot') OR (token IS NOT NULL AND lease_until IS NOT NULL)),
    CHECK (state NOT IN ('dot', 'accepted', 'unknown') OR dot_at IS NOT NULL)
);
CREATE INDEX letter_by_case ON letter (case_id, id);
CREATE INDEX letter_to_leave ON letter (next_try_at, id) WHERE state IN ('approved', 'pending');
CREATE INDEX letter_claimed ON letter (lease_until) WHERE state IN ('claimed', 'dot');
CREATE INDEX letter_unknown ON letter (id) WHERE state = 'unknown' AND resolved_at IS NULL;
