-- one row per report in judgement and channel of table four
create or replace view quality.disputes as
select reports.report_id, reports.template, printed.* exclude (document_sha256)
from quality.to_judge as reports
join staging.disputes as printed using (document_sha256);
