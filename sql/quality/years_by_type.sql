-- one row per report in judgement and applicant type, beside the year before; one row without a type where there is none
create or replace view quality.years_by_type as
select
    judged.report_id,
    judged.template,
    coalesce(now.applicant_type, 'year_before') as applicant_type,
    now.carried_in,
    before.carried_out as carried_out_before
from quality.to_judge as judged
join quality.reports as reports using (report_id)
left join staging.applications as now
    on now.document_sha256 = judged.document_sha256
    and now.applicant_type <> 'total'
    and reports.document_before is not null
left join staging.applications as before
    on before.document_sha256 = reports.document_before and before.applicant_type = now.applicant_type;
