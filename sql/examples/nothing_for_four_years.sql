-- Which agencies print nothing but 0 in table three for four years running?
-- A single blank keeps a report out: what is not printed is not zero.
with zeros as (
    select
        report_id,
        bool_and(
            natural_person = 0
            and commercial_enterprise = 0
            and research_institution = 0
            and public_interest_org = 0
            and legal_service_org = 0
            and other_org = 0
            and total = 0
        ) as is_all_zero,
        count(natural_person + commercial_enterprise + research_institution + public_interest_org
            + legal_service_org + other_org + total) = count(*) as is_all_known
    from mart.fct_applications
    group by report_id
),

runs as (
    select
        reports.agency_key,
        reports.report_year,
        count(*) over last_four as years_of_zero
    from zeros
    join mart.dim_reports as reports using (report_id)
    where zeros.is_all_zero and zeros.is_all_known
    window last_four as (
        partition by reports.agency_key order by reports.report_year range between 3 preceding and current row
    )
)

select agencies.agency_name, agencies.province, runs.report_year as last_of_four_years
from runs
join mart.dim_agencies as agencies using (agency_key)
where runs.years_of_zero = 4
order by agencies.province, agencies.agency_name, last_of_four_years;
