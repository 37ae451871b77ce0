-- one row per report in judgement and applicant type
create or replace view quality.applications as
with worked_out as (
    select distinct document_sha256, "column" as applicant_type
    from quality.worked_out
    where "table" = 'applications'
)

select
    reports.report_id,
    reports.template,
    worked_out.document_sha256 is not null as is_worked_out,
    printed.* exclude (document_sha256)
from quality.to_judge as reports
join staging.applications as printed using (document_sha256)
left join worked_out using (document_sha256, applicant_type);
