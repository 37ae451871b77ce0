-- one row per report in judgement and item of table two, with what its agency is
create or replace view quality.proactive as
select
    reports.report_id,
    reports.template,
    agencies.may_make_rules,
    agencies.is_health_insurer,
    printed.* exclude (document_sha256)
from quality.to_judge as reports
join quality.agencies as agencies using (agency_key)
join staging.proactive as printed using (document_sha256);
