-- one row per report and rule that it was held to
create table if not exists quality.rule_counts (
    report_id varchar not null,
    rule varchar not null,
    passed integer not null,
    failed integer not null,
    not_assessable integer not null,
    passed_by_construction integer not null -- holds because the digits were split by this very sum
);
