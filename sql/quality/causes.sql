-- one row per cause found in a report
create table if not exists quality.causes (
    cause_id varchar not null,
    report_id varchar not null,
    kind varchar not null,
    cells varchar[] not null,
    printed varchar[] not null,
    suggested varchar[] not null, -- null within: cannot be decided
    explanation varchar not null,
    explanation_zh varchar not null,
    is_reading_suspect boolean not null
);
