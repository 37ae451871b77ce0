-- Which agencies turned down most requests as excessive in number and frequency (article 35)?
-- The twenty largest.
select
    agencies.agency_name,
    reports.report_year,
    items.total as excessive,
    reports.errors_failing,
    reports.source_url
from mart.fct_applications as items
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
where items.row_code = 'not_processed_excessive' and items.total > 0
order by excessive desc, agencies.agency_name, reports.report_year
limit 20;
