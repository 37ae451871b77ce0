-- Where is "not held by this agency" more than half of all outcomes (of at least five)?
select
    agencies.agency_name,
    reports.report_year,
    items.total as not_held,
    groups.processed_total as processed,
    round(items.total / groups.processed_total, 3) as share,
    reports.source_url
from mart.fct_applications as items
join mart.applications_by_group as groups using (report_id)
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies on agencies.agency_key = reports.agency_key
where items.row_code = 'unavailable_not_held'
    and groups.applicant_type = 'total'
    and groups.processed_total >= 5
    and items.total > groups.processed_total / 2
order by share desc, agencies.agency_name, reports.report_year;
