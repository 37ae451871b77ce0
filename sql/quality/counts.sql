-- one row per report in judgement and cell that the form counts in whole numbers
create or replace view quality.counts as
select
    reports.report_id,
    reports.template,
    cells."table" || '.' || cells.item || '.' || cells."column" as cell,
    cells.value
from quality.to_judge as reports
join staging.cells as cells using (document_sha256)
where cells."column" not in ('amount_10k_cny', 'items_change'); -- amounts have decimals, a change may be negative
