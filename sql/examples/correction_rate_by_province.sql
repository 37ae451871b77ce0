-- How often does reconsideration correct the agency, by province: corrected over all that were decided?
-- Decided is the printed total less what is pending; reports with a cell that has no number are left out.
select
    agencies.province,
    sum(disputes.corrected) as corrected,
    sum(disputes.total - disputes.pending) as decided,
    round(sum(disputes.corrected) / nullif(sum(disputes.total - disputes.pending), 0), 3) as correction_rate,
    count(*) as reports
from mart.fct_disputes as disputes
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
where disputes.channel = 'reconsideration'
    and disputes.corrected is not null
    and disputes.total is not null
    and disputes.pending is not null
group by all
order by correction_rate desc nulls last, agencies.province;
