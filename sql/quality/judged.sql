-- one row per report whose outcomes stand in quality.rule_outcomes and quality.rule_counts
create table if not exists quality.judged (
    report_id varchar not null,
    reading varchar not null, -- what was judged
    surroundings ubigint not null, -- what stood around it: other years, other agencies, what is stated of its own
    rules varchar not null, -- digest of the suites and views that it was judged by
    outcomes ubigint not null -- digest of what it was judged to
);
