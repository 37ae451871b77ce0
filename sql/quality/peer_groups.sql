-- one row per kind and level of agency, year and measure: what is usual among its reports
create or replace view quality.peer_groups as
with measured as (
    select
        agencies.agency_kind,
        agencies.admin_level,
        reports.report_year,
        unnest(measures.names) as measure,
        unnest(measures.figures) as figure
    from staging.reports as reports
    join quality.agencies as agencies using (agency_key)
    join quality.measures as measures using (document_sha256)
    where agencies.agency_kind is not null and agencies.admin_level is not null
),

middles as (
    select agency_kind, admin_level, report_year, measure, count(figure) as agencies, median(figure) as middle
    from measured
    group by all
),

spreads as (
    select agency_kind, admin_level, report_year, measure, median(abs(figure - middle)) as spread
    from measured
    join middles using (agency_kind, admin_level, report_year, measure)
    group by all
)

-- Eight times the spread, as a standard deviation would be measured, and eight units besides.
select
    middles.*,
    middle + 8 * (1.4826 * spread + 1) as figure_at_most,
    middle - 8 * (1.4826 * spread + 1) as figure_at_least
from middles
join spreads using (agency_kind, admin_level, report_year, measure)
where agencies >= 30; -- with fewer nobody can say what is usual
