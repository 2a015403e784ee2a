-- What every deployment needs whatever it decides: messages seen, the ledger, messages to send, timers, settings, definitions.

-- Inbound messages that took effect. Source: ecosystem.md 4.2.
CREATE TABLE inbound (
    channel TEXT NOT NULL, -- platform/name
    dedup_key TEXT NOT NULL,
    received_at BIGINT NOT NULL, -- machine time
    reply TEXT NOT NULL,
    PRIMARY KEY (channel, dedup_key)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX inbound_age ON inbound (received_at);

-- The hash chain over everything that was decided. One for all communities, so its key is its own.
CREATE TABLE ledger (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    community TEXT NOT NULL,
    kind TEXT NOT NULL,
    ref_no BIGINT NOT NULL,
    payload TEXT NOT NULL,
    private_payload TEXT, -- null: none, or erased
    private_salt TEXT,
    private_digest TEXT NOT NULL, -- empty: none
    hash TEXT NOT NULL
);
CREATE INDEX ledger_matter ON ledger (community, ref_no, seq);

-- Where the chain ends, kept apart so that a missing last entry is seen. One row.
CREATE TABLE ledger_head (
    id BIGINT PRIMARY KEY,
    size BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO ledger_head (id, size, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE outbox (
    community TEXT NOT NULL,
    id BIGINT NOT NULL,
    recipient_kind BIGINT NOT NULL, -- RecipientKind
    recipient TEXT NOT NULL,
    channel TEXT NOT NULL,
    notice TEXT NOT NULL,
    ref_no BIGINT NOT NULL,
    lane BIGINT NOT NULL,  -- Lane
    state BIGINT NOT NULL, -- MessageState: 0 waiting, 1 claimed, 2 sent, 3 dead, 4 merged
    not_before BIGINT NOT NULL, -- procedure time
    created_at BIGINT NOT NULL, -- procedure time
    retry_at BIGINT NOT NULL,   -- machine time
    claimed_until BIGINT NOT NULL, -- machine time
    claim BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    may_have_been_sent BIGINT NOT NULL,
    ended_at BIGINT NOT NULL, -- procedure time
    merged_into BIGINT NOT NULL,
    last_error TEXT NOT NULL,
    dedup_key TEXT, -- null: none
    payload TEXT NOT NULL,
    PRIMARY KEY (community, id)
);
CREATE UNIQUE INDEX outbox_dedup ON outbox (community, dedup_key);
CREATE INDEX outbox_due ON outbox (lane, not_before, id) WHERE state = 0;
CREATE INDEX outbox_line ON outbox (community, recipient_kind, recipient, lane, id) WHERE state < 2;
CREATE INDEX outbox_lease ON outbox (claimed_until) WHERE state = 1;
CREATE INDEX outbox_dead ON outbox (community, id) WHERE state = 3;
CREATE INDEX outbox_sent ON outbox (community, recipient_kind, recipient, ended_at) WHERE state = 2;
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state = 2 OR state = 4;

CREATE TABLE jobs (
    community TEXT NOT NULL,
    kind TEXT NOT NULL,
    job_key TEXT NOT NULL,
    due_at BIGINT NOT NULL, -- procedure time
    state BIGINT NOT NULL,  -- 0 armed, 1 fired, 2 parked
    attempts BIGINT NOT NULL,
    last_error TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (community, job_key, kind, due_at)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX jobs_due ON jobs (due_at, community, kind, job_key) WHERE state = 0;
CREATE INDEX jobs_parked ON jobs (due_at) WHERE state = 2;
CREATE INDEX jobs_fired ON jobs (due_at) WHERE state = 1;

-- community is empty for what belongs to the installation.
CREATE TABLE settings (
    community TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (community, name)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE numbers (
    community TEXT NOT NULL,
    name TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (community, name)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE definitions (
    community TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (community, id, version)
);
