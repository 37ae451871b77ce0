-- one row per report in judgement that has blanks and item of table three: as quality.application_items, with blanks read as zero
create or replace view quality.application_items_blank_as_zero as
select reports.report_id, reports.template, printed.* exclude (document_sha256)
from quality.to_judge as reports
join staging.wide_application_items('quality.cells_blank_as_zero') as printed using (document_sha256);
