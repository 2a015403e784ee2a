-- The points book (domain.md 6.4). An entry is never deleted; a correction is an entry of its own with the opposite sign.

CREATE TABLE points_entry (
    community TEXT NOT NULL,
    no BIGINT NOT NULL, -- record number, P12
    state TEXT NOT NULL,
    subject_type BIGINT NOT NULL, -- SubjectType
    subject TEXT NOT NULL,        -- person, household or unit
    item TEXT NOT NULL,
    posted BIGINT NOT NULL,  -- hundredths of a point, 0 before it is posted
    counted BIGINT NOT NULL, -- 1 once posted
    month BIGINT NOT NULL,   -- local month in which it counts: year * 12 + month - 1
    period TEXT NOT NULL,    -- quarter, as in 2026Q3, empty before it is posted
    occurred_at BIGINT NOT NULL,
    reversal_of BIGINT NOT NULL, -- 0: none
    cause TEXT NOT NULL,
    posted_at BIGINT,
    document TEXT NOT NULL,
    PRIMARY KEY (community, no)
);
CREATE INDEX points_entry_subject ON points_entry (community, subject_type, subject, no);
CREATE INDEX points_entry_item ON points_entry (community, subject, item, month);
CREATE INDEX points_entry_period ON points_entry (community, state, period, no);
