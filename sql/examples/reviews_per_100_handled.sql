-- Which agencies are taken to reconsideration most often, per 100 handled requests (of at least 20)?
-- The twenty largest. Reviews may be of decisions of the year before.
select
    agencies.agency_name,
    reports.report_year,
    disputes.total as reviews,
    groups.processed_total as processed,
    round(100 * disputes.total / groups.processed_total, 1) as reviews_per_100,
    reports.source_url
from mart.fct_disputes as disputes
join mart.applications_by_group as groups using (report_id)
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies on agencies.agency_key = reports.agency_key
where disputes.channel = 'reconsideration'
    and disputes.total > 0
    and groups.applicant_type = 'total'
    and groups.processed_total >= 20
order by reviews_per_100 desc, agencies.agency_name, reports.report_year
limit 20;
