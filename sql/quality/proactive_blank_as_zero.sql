-- one row per report in judgement that has blanks and item of table two: as quality.proactive, with blanks read as zero
create or replace view quality.proactive_blank_as_zero as
select
    reports.report_id,
    reports.template,
    agencies.may_make_rules,
    agencies.is_health_insurer,
    printed.* exclude (document_sha256)
from quality.to_judge as reports
join quality.agencies as agencies using (agency_key)
join staging.wide_proactive('quality.cells_blank_as_zero') as printed using (document_sha256);
