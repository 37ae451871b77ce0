-- Which reports say in their prose what their tables do not?
-- While rules_on_prose is 0, no rule reads the prose and nothing is known; a rule without a row below found none.
with rules as (
    select rule, title_en from mart.dim_rules where starts_with(rule, 'P-')
),

contradictions as (
    select outcomes.*
    from mart.fct_rule_outcomes as outcomes
    semi join rules using (rule)
    where outcomes.status = 'fail'
)

select
    held.rules_on_prose,
    rules.rule,
    rules.title_en as should_hold,
    agencies.agency_name,
    reports.report_year,
    contradictions.lhs as in_prose,
    contradictions.rhs as in_table,
    reports.source_url
from (select count(*) as rules_on_prose from rules) as held
left join contradictions on true
left join rules using (rule)
left join mart.dim_reports as reports using (report_id)
left join mart.dim_agencies as agencies using (agency_key)
order by rules.rule, agencies.agency_name, reports.report_year;
