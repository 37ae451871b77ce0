-- Which reports fail which error rule, in which cells, and what is probably behind it?
-- The hundred with most failures; one row per cause, or per rule where none was looked for.
select
    agencies.agency_name,
    reports.report_year,
    list(distinct outcomes.rule order by outcomes.rule) as rules,
    count(*) as failures,
    causes.cells,
    causes.printed,
    causes.suggested,
    coalesce(causes.explanation_zh, any_value(rules.title_zh)) as explanation,
    reports.source_url
from mart.fct_rule_outcomes as outcomes
join mart.dim_rules as rules using (rule)
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
left join mart.fct_causes as causes on causes.cause_id = outcomes.cause_id
where outcomes.status = 'fail' and outcomes.severity = 'error'
group by
    agencies.agency_name,
    reports.report_year,
    reports.source_url,
    causes.cause_id,
    causes.cells,
    causes.printed,
    causes.suggested,
    causes.explanation_zh,
    if(causes.cause_id is null, outcomes.rule, null)
order by failures desc, agencies.agency_name, reports.report_year
limit 100;
