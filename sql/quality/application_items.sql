-- one row per report in judgement and item of table three
create or replace view quality.application_items as
select reports.report_id, reports.template, printed.* exclude (document_sha256)
from quality.to_judge as reports
join staging.application_items as printed using (document_sha256);
