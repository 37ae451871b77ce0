-- How much of what should be there do we have: expected, found, read and without fault, by province and year?
select
    agencies.province,
    expected.report_year,
    count(*) as expected,
    count(*) filter (where expected.status in ('published', 'late', 'unread')) as found,
    count(expected.report_id) as read_as_reports,
    count(clean.report_id) as without_error,
    count(*) filter (where expected.status = 'missing') as missing,
    count(*) filter (where expected.status in ('not_reached', 'not_due')) as not_known
from mart.reports_expected as expected
join mart.dim_agencies as agencies using (agency_key)
left join mart.clean_reports as clean using (report_id)
group by all
order by all;
