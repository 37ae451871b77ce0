-- one row per failing outcome that a cause explains
create table if not exists quality.cause_outcomes (
    report_id varchar not null,
    rule varchar not null,
    subject varchar not null,
    cause_id varchar not null
);
