-- one row per report in judgement and item of table two
create or replace view quality.proactive as
select reports.report_id, reports.template, printed.* exclude (document_sha256)
from quality.to_judge as reports
join staging.proactive as printed using (document_sha256);
