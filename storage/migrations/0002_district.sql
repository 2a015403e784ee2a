-- The organisation: units, households, people, roles, who they are on the platforms, groups, and the tables a district brings along.
-- `community` is the id of a community, or of the office (street, district) for what belongs to none.

CREATE TABLE unit (
    id TEXT NOT NULL PRIMARY KEY,
    community TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    parent TEXT NOT NULL,
    estate TEXT NOT NULL,
    aliases TEXT NOT NULL, -- separated by '|'
    households BIGINT NOT NULL,
    adults BIGINT NOT NULL,
    roll_complete BIGINT NOT NULL,
    owners_committee BIGINT NOT NULL,
    label TEXT NOT NULL,
    road TEXT NOT NULL,
    road_no TEXT NOT NULL,
    stairwells BIGINT NOT NULL,
    floors BIGINT NOT NULL,
    position BIGINT NOT NULL
);

CREATE TABLE household (
    community TEXT NOT NULL,
    id TEXT NOT NULL,
    home TEXT NOT NULL, -- building or hamlet
    grid TEXT NOT NULL,
    class TEXT NOT NULL,
    unit TEXT NOT NULL,
    room TEXT NOT NULL,
    head TEXT NOT NULL,
    points_account TEXT NOT NULL,
    PRIMARY KEY (community, id)
);
CREATE UNIQUE INDEX household_id ON household (id);
CREATE INDEX household_home ON household (community, home);
CREATE INDEX household_grid ON household (community, grid);

CREATE TABLE person (
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
);
CREATE UNIQUE INDEX person_id ON person (id);
CREATE INDEX person_household ON person (community, household);

CREATE TABLE role_grant (
    community TEXT NOT NULL,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    scope TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    ended_at BIGINT,
    source TEXT NOT NULL,
    PRIMARY KEY (community, person, role, scope)
);
CREATE INDEX role_grant_person ON role_grant (person);
CREATE INDEX role_grant_role ON role_grant (role, scope);

-- Who a platform user is. `account` is the tenant within which user ids mean the same (wecom:CORP, playground).
CREATE TABLE identity (
    account TEXT NOT NULL,
    user_id TEXT NOT NULL,
    community TEXT NOT NULL,
    person TEXT NOT NULL,
    bound_at BIGINT NOT NULL,
    last_channel TEXT NOT NULL,
    last_used BIGINT NOT NULL,
    PRIMARY KEY (account, user_id)
);
CREATE INDEX identity_person ON identity (person);

CREATE TABLE chat_group (
    community TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    daily_budget BIGINT NOT NULL,
    quiet_start BIGINT NOT NULL, -- minutes after midnight
    quiet_end BIGINT NOT NULL,
    bot_enabled BIGINT NOT NULL,
    PRIMARY KEY (community, id)
);
CREATE UNIQUE INDEX chat_group_id ON chat_group (id);
CREATE INDEX chat_group_scope ON chat_group (scope, kind);

CREATE TABLE group_link (
    account TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    community TEXT NOT NULL,
    group_id TEXT NOT NULL,
    PRIMARY KEY (account, chat_id)
);
CREATE INDEX group_link_group ON group_link (group_id);

CREATE TABLE calendar_day (
    day TEXT NOT NULL PRIMARY KEY, -- YYYY-MM-DD
    kind TEXT NOT NULL             -- holiday | workday
);

-- Files of the district as imported: routing, clocks, catalogues, wording. They are small and read as a whole.
CREATE TABLE district_file (
    name TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
);
