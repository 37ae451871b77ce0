-- Which reports repeat last year's, or another agency's?
-- As far as the rules tell that are held: dim_rules lists them.
select
    agencies.agency_name,
    reports.report_year,
    outcomes.rule,
    rules.title_en as what_does_not_hold,
    reports.source_url
from mart.fct_rule_outcomes as outcomes
join mart.dim_rules as rules using (rule)
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
where outcomes.status = 'fail'
    and outcomes.rule in ('Y-IDENTICAL', 'Y-PROSE-COPY', 'X-SAME-CONTENT', 'X-SAME-NUMBERS', 'X-NEAR-DUP')
order by agencies.agency_name, reports.report_year, outcomes.rule;
