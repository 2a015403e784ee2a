-- Electorate, ballots and platform users are found by their key alone: one tree instead of two, and half the pages that a vote touches.
CREATE TABLE electorate_by_key (
    community TEXT NOT NULL,
    no BIGINT NOT NULL,
    round BIGINT NOT NULL,
    elector TEXT NOT NULL, -- household or person
    reminded BIGINT NOT NULL,
    PRIMARY KEY (community, no, round, elector)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO electorate_by_key (community, no, round, elector, reminded) SELECT community, no, round, elector, reminded FROM electorate;
DROP TABLE electorate;
ALTER TABLE electorate_by_key RENAME TO electorate;

CREATE TABLE ballot_by_key (
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
) /* sqlite: WITHOUT ROWID */;
INSERT INTO ballot_by_key (community, no, round, elector, person, choice, means, at, withdrawn)
SELECT community, no, round, elector, person, choice, means, at, withdrawn FROM ballot;
DROP TABLE ballot;
ALTER TABLE ballot_by_key RENAME TO ballot;

CREATE TABLE identity_by_key (
    account TEXT NOT NULL,
    user_id TEXT NOT NULL,
    community TEXT NOT NULL,
    person TEXT NOT NULL,
    bound_at BIGINT NOT NULL,
    last_channel TEXT NOT NULL,
    last_used BIGINT NOT NULL,
    PRIMARY KEY (account, user_id)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO identity_by_key (account, user_id, community, person, bound_at, last_channel, last_used)
SELECT account, user_id, community, person, bound_at, last_channel, last_used FROM identity;
DROP TABLE identity;
ALTER TABLE identity_by_key RENAME TO identity;
CREATE INDEX identity_person ON identity (person);
