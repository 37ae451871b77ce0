-- How many requests were received per year and level of agency?
-- A report without a number counts in reports, not in reports_with_number: its requests are missing from received.
select
    reports.report_year,
    agencies.admin_level,
    sum(items.total) as received,
    count(items.total) as reports_with_number,
    count(*) as reports
from mart.fct_applications as items
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
where items.row_code = 'received_new'
group by all
order by all;
