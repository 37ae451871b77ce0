-- How many penalties did the health insurance bureaus decide per year, and how does that compare with the same bureaus a year before?
-- Join your own table of insured persons by region_code and report_year for a rate.
with penalties as (
    select reports.agency_key, reports.report_year, items.decisions
    from mart.fct_proactive as items
    join mart.dim_reports as reports using (report_id)
    join mart.dim_agencies as agencies using (agency_key)
    where items.item = 'administrative_penalty' and agencies.agency_kind = '医疗保障局'
)

select
    now.report_year,
    sum(now.decisions) as penalties,
    count(now.decisions) as reports_with_number,
    sum(now.decisions) filter (where before.decisions is not null) as penalties_of_bureaus_known_before,
    sum(before.decisions) filter (where now.decisions is not null) as their_penalties_a_year_before
from penalties as now
left join penalties as before
    on before.agency_key = now.agency_key and before.report_year = now.report_year - 1
group by all
order by all;
