-- Who had not published by the day that the Regulations set, and how do we know?
-- What we could not look at (not_reached) or could not read (unread) is not held against the agency.
select
    agencies.province,
    agencies.agency_name,
    expected.report_year,
    expected.status,
    expected.due_on,
    expected.filed_on,
    expected.filed_on_evidence,
    expected.reason,
    expected.source_url
from mart.reports_expected as expected
join mart.dim_agencies as agencies using (agency_key)
where expected.status in ('late', 'missing')
order by expected.report_year desc, agencies.province, agencies.agency_name;
