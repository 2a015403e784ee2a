-- A message touches fewer trees: people and roles are found by community and name in one tree each, and the nightly walk over old
-- messages goes by their key.
DROP INDEX inbound_age;

CREATE TABLE person_by_key (
    community TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    household TEXT NOT NULL, -- empty for staff
    home TEXT NOT NULL,
    adult BIGINT NOT NULL,
    birth_year BIGINT NOT NULL,
    party_member BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (community, id)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO person_by_key (community, id, name, household, home, adult, birth_year, party_member, staff, note)
SELECT community, id, name, household, home, adult, birth_year, party_member, staff, note FROM person;
DROP TABLE person;
ALTER TABLE person_by_key RENAME TO person;
CREATE UNIQUE INDEX person_id ON person (id);
CREATE INDEX person_household ON person (community, household);

CREATE TABLE role_grant_by_key (
    community TEXT NOT NULL, -- the person's
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    scope TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    ended_at BIGINT,
    source TEXT NOT NULL,
    PRIMARY KEY (community, person, role, scope)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO role_grant_by_key (community, person, role, scope, granted_at, ended_at, source)
SELECT community, person, role, scope, granted_at, ended_at, source FROM role_grant;
DROP TABLE role_grant;
ALTER TABLE role_grant_by_key RENAME TO role_grant;
CREATE INDEX role_grant_role ON role_grant (role, scope);
