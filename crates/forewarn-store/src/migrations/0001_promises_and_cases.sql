-- People, customers, promises with their evidence, cases with their events and obligations, and imports.

CREATE TABLE team (
    id {key},
    name TEXT NOT NULL UNIQUE,
    leader_id BIGINT
);
INSERT INTO team (name) VALUES ('Everyone');

CREATE TABLE person (
    id {key},
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    team_id BIGINT NOT NULL REFERENCES team (id),
    phone TEXT,
    zone TEXT,
    password_hash TEXT,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
);

CREATE TABLE deputy (
    person_id BIGINT NOT NULL REFERENCES person (id),
    deputy_id BIGINT NOT NULL REFERENCES person (id),
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, deputy_id, from_at)
);
CREATE INDEX deputy_by_deputy ON deputy (deputy_id, until_at);

-- Owners of accounts as reports write them; an admin maps those that are no e-mail address of ours.
CREATE TABLE report_owner (
    name_key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id)
);

CREATE TABLE session (
    id_hash TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT REFERENCES person (id),
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_end ON session (expires_at);

CREATE TABLE one_time_link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE customer (
    id {key},
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    owner_id BIGINT REFERENCES person (id),
    owner_by_person BOOLEAN NOT NULL DEFAULT FALSE,
    report_owner TEXT REFERENCES report_owner (name_key),
    team_id BIGINT NOT NULL REFERENCES team (id),
    tolerance_days BIGINT,
    reaction_days BIGINT,
    tier TEXT NOT NULL DEFAULT 'standard',
    zone TEXT,
    place TEXT,
    calendar TEXT,
    contact TEXT,
    phone TEXT,
    email TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX customer_by_owner ON customer (owner_id);
CREATE INDEX customer_by_report_owner ON customer (report_owner);

CREATE TABLE import (
    id {key},
    created_at BIGINT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    door TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    as_of BIGINT NOT NULL,
    full_report BOOLEAN NOT NULL DEFAULT TRUE,
    mapping TEXT,
    profile TEXT,
    state TEXT NOT NULL,
    progress_rows BIGINT NOT NULL DEFAULT 0,
    survey TEXT,
    report TEXT,
    message TEXT,
    imported_at BIGINT,
    undone_at BIGINT
);
CREATE INDEX import_by_state ON import (state, imported_at);

CREATE TABLE cases (
    id {key},
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    team_id BIGINT NOT NULL REFERENCES team (id),
    owner_id BIGINT REFERENCES person (id),
    inbox_team_id BIGINT REFERENCES team (id),
    stage TEXT NOT NULL,
    round BIGINT NOT NULL,
    version BIGINT NOT NULL,
    severity BIGINT NOT NULL DEFAULT 0,
    known_at BIGINT NOT NULL,
    firm_at BIGINT,
    tell_by BIGINT,
    first_told_at BIGINT,
    told_at BIGINT,
    worst_slip_days BIGINT NOT NULL DEFAULT 0,
    no_date BOOLEAN NOT NULL DEFAULT FALSE,
    lines BIGINT NOT NULL DEFAULT 0,
    told_lines BIGINT NOT NULL DEFAULT 0,
    orders TEXT NOT NULL DEFAULT '[]',
    act_until TEXT,
    good_news BOOLEAN NOT NULL DEFAULT FALSE,
    temperature TEXT,
    impact TEXT,
    next_word_by BIGINT,
    next_word_missed BOOLEAN NOT NULL DEFAULT FALSE,
    not_now TEXT,
    contact TEXT,
    phone TEXT,
    email TEXT,
    next_due_at BIGINT,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    closing TEXT,
    CHECK (owner_id IS NOT NULL OR inbox_team_id IS NOT NULL)
);
CREATE INDEX cases_open_by_owner ON cases (owner_id) WHERE closed_at IS NULL;
CREATE INDEX cases_open_by_team ON cases (team_id) WHERE closed_at IS NULL;
CREATE INDEX cases_by_customer ON cases (customer_id, opened_at);

CREATE TABLE promise (
    id {key},
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    order_no TEXT NOT NULL,
    line_no TEXT NOT NULL,
    schedule_no TEXT NOT NULL DEFAULT '',
    item TEXT,
    description TEXT,
    quantity BIGINT,
    unit TEXT,
    value BIGINT,
    currency TEXT,
    requested TEXT,
    first_promised TEXT NOT NULL,
    promised_is TEXT NOT NULL,
    promised_from TEXT,
    promised_to TEXT,
    outlook_is TEXT,
    outlook_from TEXT,
    outlook_to TEXT,
    observed_at BIGINT NOT NULL,
    slip TEXT NOT NULL DEFAULT 'none',
    slip_days BIGINT,
    known_at BIGINT,
    firm_at BIGINT,
    delivered TEXT,
    status TEXT NOT NULL DEFAULT 'open',
    reported TEXT,
    particulars BIGINT NOT NULL DEFAULT 0,
    case_id BIGINT REFERENCES cases (id),
    missing_since BIGINT,
    added_import_id BIGINT REFERENCES import (id),
    last_import_id BIGINT REFERENCES import (id),
    withdrawn_at BIGINT
);
CREATE UNIQUE INDEX promise_by_line ON promise (order_no, line_no, schedule_no) WHERE withdrawn_at IS NULL;
CREATE INDEX promise_by_customer ON promise (customer_id);
CREATE INDEX promise_by_case ON promise (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX promise_by_item ON promise (item);
CREATE INDEX promise_by_slip ON promise (slip, id) WHERE slip <> 'none';
CREATE INDEX promise_by_day ON promise (COALESCE(promised_to, '9999-12-31'), id);

CREATE TABLE evidence (
    id {key},
    promise_id BIGINT NOT NULL REFERENCES promise (id),
    outlook_is TEXT NOT NULL,
    outlook_from TEXT,
    outlook_to TEXT,
    source TEXT NOT NULL,
    cause_internal TEXT,
    cause_customer TEXT,
    observed_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    import_id BIGINT REFERENCES import (id),
    person_id BIGINT REFERENCES person (id)
);
CREATE INDEX evidence_by_promise ON evidence (promise_id, id);
-- only grows: evidence

CREATE TABLE case_event (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    seq BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    kind TEXT NOT NULL,
    event TEXT NOT NULL,
    entry TEXT UNIQUE,
    PRIMARY KEY (case_id, seq)
);
-- only grows: case_event

CREATE TABLE obligation (
    id {key},
    case_id BIGINT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    step BIGINT NOT NULL DEFAULT 0,
    generation BIGINT NOT NULL DEFAULT 1,
    due_at BIGINT NOT NULL,
    rule TEXT NOT NULL,
    done_at BIGINT,
    UNIQUE (case_id, kind, step, generation)
);
CREATE INDEX obligation_due ON obligation (due_at) WHERE done_at IS NULL;

CREATE TABLE import_error (
    id {key},
    import_id BIGINT NOT NULL REFERENCES import (id),
    row_no BIGINT NOT NULL,
    column_name TEXT NOT NULL,
    found TEXT NOT NULL,
    expected TEXT NOT NULL,
    fix TEXT NOT NULL
);
CREATE INDEX import_error_by_import ON import_error (import_id, row_no);

-- What a promise was before an import touched it, so that the import can be undone.
CREATE TABLE import_before (
    import_id BIGINT NOT NULL REFERENCES import (id),
    promise_id BIGINT NOT NULL REFERENCES promise (id),
    before TEXT NOT NULL,
    PRIMARY KEY (import_id, promise_id)
);

CREATE TABLE profile (
    id {key},
    name TEXT NOT NULL UNIQUE,
    mapping TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
