-- Public matters: proposals, reports and what residents add to them. What is small and belongs to one matter is its document.

CREATE TABLE matter (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    kind TEXT NOT NULL,
    definition TEXT NOT NULL,
    definition_version BIGINT NOT NULL,
    state TEXT NOT NULL,
    live BIGINT NOT NULL, -- 1 while the state is not an end
    title TEXT NOT NULL,
    scope TEXT NOT NULL,
    author TEXT NOT NULL,
    author_household TEXT NOT NULL,
    confidential BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    state_since BIGINT NOT NULL,
    deadline BIGINT,
    document TEXT NOT NULL,
    PRIMARY KEY (community, no)
);
CREATE INDEX matter_live ON matter (community, live, no);
CREATE INDEX matter_author ON matter (community, author, no);

CREATE TABLE endorsement (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    household TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (community, no, household)
);

-- Households that ask for a rejected proposal to be looked at again (domain.md 4.2).
CREATE TABLE reopen_support (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    household TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (community, no, household)
);

CREATE TABLE electorate (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    round BIGINT NOT NULL,
    elector TEXT NOT NULL, -- household or person
    reminded BIGINT NOT NULL,
    PRIMARY KEY (community, no, round, elector)
);

CREATE TABLE ballot (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    round BIGINT NOT NULL,
    elector TEXT NOT NULL,
    person TEXT NOT NULL,
    choice TEXT NOT NULL, -- for | against | abstain | option:LABEL
    means TEXT NOT NULL,  -- chat | paper
    at BIGINT NOT NULL,
    withdrawn BIGINT NOT NULL,
    PRIMARY KEY (community, no, round, elector)
);

CREATE TABLE comment (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    position BIGINT NOT NULL,
    person TEXT NOT NULL,
    stance TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (community, no, position)
);

CREATE TABLE rating (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    round BIGINT NOT NULL,
    rater TEXT NOT NULL, -- household for proposals, person for reports
    person TEXT NOT NULL,
    score BIGINT NOT NULL,
    comment TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (community, no, round, rater)
);

-- What stands on the public page of a matter.
CREATE TABLE page_notice (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (community, no, position)
);

-- What waits for one answer of one account: a confirmation, a missing item, a second person's yes. Lives 24 hours (domain.md 15.1).
CREATE TABLE draft (
    community TEXT NOT NULL,
    id BIGINT NOT NULL,
    account TEXT NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (community, id)
);
CREATE UNIQUE INDEX draft_id ON draft (id);
CREATE INDEX draft_user ON draft (account, user_id, id);
