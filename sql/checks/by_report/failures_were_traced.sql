-- Every failing sum has its cause, and every cause that an outcome names is there.
select report_id, rule, subject, 'no cause' as problem
from mart.fct_rule_outcomes
where status = 'fail'
    and cause_id is null
    and rule in ('T3-ROW-SUM', 'T3-OUTCOME-SUM', 'T3-BALANCE', 'T4-ROW-SUM')
union all
select report_id, rule, subject, 'the cause is missing'
from mart.fct_rule_outcomes
anti join mart.fct_causes using (cause_id)
where cause_id is not null;
