-- What share of handled requests was granted, in full or in part, by province and year?
-- Only reports that pass every error rule; the share divides by the printed total of outcomes.
select
    agencies.province,
    groups.report_year,
    sum(groups.granted) as granted,
    sum(groups.processed_total) as processed,
    round(sum(groups.granted) / nullif(sum(groups.processed_total), 0), 3) as disclosure_rate,
    count(*) as reports
from mart.applications_by_group as groups
semi join mart.clean_reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
where groups.applicant_type = 'total'
group by all
order by all;
