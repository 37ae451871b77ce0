-- one row per report in judgement and channel of table four
create or replace view quality.disputes as
with worked_out as (
    select distinct document_sha256, item as channel
    from quality.worked_out
    where "table" = 'disputes'
)

select
    reports.report_id,
    reports.template,
    worked_out.document_sha256 is not null as is_worked_out,
    printed.* exclude (document_sha256)
from quality.to_judge as reports
join staging.disputes as printed using (document_sha256)
left join worked_out using (document_sha256, channel);
