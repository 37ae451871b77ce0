-- one row per report in judgement that has blanks and channel of table four: as quality.disputes, with blanks read as zero
create or replace view quality.disputes_blank_as_zero as
select reports.report_id, reports.template, printed.* exclude (document_sha256)
from quality.to_judge as reports
join staging.wide_disputes('quality.cells_blank_as_zero') as printed using (document_sha256);
