-- one row per report in judgement and applicant type
create or replace view quality.applications as
select reports.report_id, reports.template, printed.* exclude (document_sha256)
from quality.to_judge as reports
join staging.applications as printed using (document_sha256);
