-- Whose carried-in requests differ from what last year's report carried out, and by how much?
select
    agencies.agency_name,
    carries.report_year,
    carries.carried_out_before,
    carries.carried_in,
    carries.difference,
    before.source_url as source_url_before,
    reports.source_url
from mart.carry_over as carries
join mart.dim_agencies as agencies using (agency_key)
join mart.dim_reports as reports using (report_id)
join mart.dim_reports as before on before.report_id = carries.report_id_before
where carries.applicant_type = 'total' and carries.difference <> 0
order by abs(carries.difference) desc, agencies.agency_name, carries.report_year;
