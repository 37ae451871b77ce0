-- Which reports say in their prose what their tables do not?
-- In info: what may be meant in another way (a rate of what was due). The sentence is as printed, with its place.
select
    outcomes.rule,
    rules.title_en as should_hold,
    outcomes.severity,
    agencies.agency_name,
    reports.report_year,
    outcomes.subject as metric,
    outcomes.lhs as in_prose,
    outcomes.rhs as in_table,
    outcomes.shown as sentence,
    reports.source_url
from mart.fct_rule_outcomes as outcomes
join mart.dim_rules as rules using (rule)
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
where outcomes.status = 'fail' and starts_with(outcomes.rule, 'P-') and outcomes.rule <> 'P-PERIOD'
order by outcomes.rule, agencies.agency_name, reports.report_year;
