-- Webhooks: addresses of other programs that are told what happens, and every message on its way to them.

CREATE TABLE webhook (
    id {key},
    url TEXT NOT NULL,
    -- The names of the events that it hears, as JSON.
    events TEXT NOT NULL,
    -- Whether internal words and names of contacts are told, too.
    internal BOOLEAN NOT NULL DEFAULT FALSE,
    secret TEXT NOT NULL,
    -- The one before, which holds a while longer.
    old_secret TEXT,
    old_secret_until BIGINT,
    created_at BIGINT NOT NULL,
    -- Since when nothing has got through.
    failing_since BIGINT,
    disabled_at BIGINT,
    disabled_because TEXT
);

CREATE TABLE webhook_message (
    id {key},
    webhook_id BIGINT NOT NULL REFERENCES webhook (id),
    -- The same on every try: whoever gets it twice knows it.
    message_id TEXT NOT NULL,
    case_id BIGINT REFERENCES cases (id),
    told TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    attempts BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT NOT NULL,
    token TEXT,
    lease_until BIGINT,
    -- What the other side said last.
    status BIGINT,
    answer TEXT,
    ended_at BIGINT,
    UNIQUE (webhook_id, message_id),
    CHECK (state IN ('pending', 'claimed', 'delivered', 'dead')),
    CHECK (state <> 'claimed' OR (token IS NOT NULL AND lease_until IS NOT NULL))
);
CREATE INDEX webhook_message_to_try ON webhook_message (next_try_at, id) WHERE state = 'pending';
CREATE INDEX webhook_message_claimed ON webhook_message (lease_until) WHERE state = 'claimed';
CREATE INDEX webhook_message_by_webhook ON webhook_message (webhook_id, id);
