-- one row per report, rule and subject that failed or could not be assessed
create table mart.fct_rule_outcomes (
    report_id varchar not null,
    rule varchar not null,
    subject varchar not null,
    lhs decimal(24, 6),
    rhs decimal(24, 6),
    status varchar not null,
    holds_if_blank_is_zero boolean,
    severity varchar not null,
    shown varchar,
    cause_id varchar
);

comment on table mart.fct_rule_outcomes is 'One row per report, rule and subject that failed or could not be assessed. Passes are counted in fct_rule_counts.';
comment on column mart.fct_rule_outcomes.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_rule_outcomes.rule is 'Key of dim_rules';
comment on column mart.fct_rule_outcomes.subject is 'What the rule was held to: an item (T3-ROW-SUM, T2-*, Y-STOCK), an applicant_type (T3-OUTCOME-SUM, T3-BALANCE, Y-CARRY), a channel (T4-ROW-SUM), a cell as table.item.column, or a fixed word such as tables, published, year_before where it is about the whole report';
comment on column mart.fct_rule_outcomes.lhs is 'Left side of the rule; null when a cell in it has no number. Days are numbers of the form 20260131';
comment on column mart.fct_rule_outcomes.rhs is 'Right side of the rule; null when a cell in it has no number, or the rule has no right side';
comment on column mart.fct_rule_outcomes.status is 'fail, or not_assessable: a side is null. Null is never read as zero';
comment on column mart.fct_rule_outcomes.holds_if_blank_is_zero is 'For not_assessable because of blanks alone: whether the rule would hold with blanks read as zero. A help to the reader, no verdict; null otherwise';
comment on column mart.fct_rule_outcomes.severity is 'error, warning or info: of this outcome, and lighter than dim_rules.severity where parts of a rule differ';
comment on column mart.fct_rule_outcomes.shown is 'For a failing rule that counts things in the text (labels printed otherwise, residue, …): the first three as printed, each with its place in the document; null for rules over figures';
comment on column mart.fct_rule_outcomes.cause_id is 'Key of fct_causes; null for all but the sums that causes are looked for in (T3-ROW-SUM, T3-OUTCOME-SUM, T3-BALANCE, T4-ROW-SUM). One cause may stand behind several outcomes: count causes distinctly';

insert into mart.fct_rule_outcomes by name
select outcomes.*, causes.cause_id
from quality.rule_outcomes as outcomes
left join quality.cause_outcomes as causes
    on outcomes.status = 'fail'
    and causes.report_id = outcomes.report_id
    and causes.rule = outcomes.rule
    and causes.subject = outcomes.subject;
