-- one row per report and rule that it was held to
create table mart.fct_rule_counts (
    report_id varchar not null,
    rule varchar not null,
    passed integer not null,
    failed integer not null,
    not_assessable integer not null,
    passed_by_construction integer not null
);

comment on table mart.fct_rule_counts is 'One row per report and rule that it was held to, with the number of its subjects by outcome. A rule without subjects in the report has zeros.';
comment on column mart.fct_rule_counts.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_rule_counts.rule is 'Key of dim_rules';
comment on column mart.fct_rule_counts.passed is 'Subjects for which the rule holds';
comment on column mart.fct_rule_counts.failed is 'Subjects for which it does not hold';
comment on column mart.fct_rule_counts.not_assessable is 'Subjects with a side that is null';
comment on column mart.fct_rule_counts.passed_by_construction is 'Subjects for which the rule holds only because a cell in it was worked out from the sums of the form (fct_cells.resolved_by): proves nothing, and is not among passed';

insert into mart.fct_rule_counts by name
select * from quality.rule_counts;
