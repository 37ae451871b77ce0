-- one row per kind and level of agency, year and measure: what is usual among its reports
create table if not exists quality.peers (
    agency_kind varchar not null,
    admin_level varchar not null,
    report_year integer not null,
    measure varchar not null,
    agencies integer not null,
    middle double not null,
    figure_at_most double not null,
    figure_at_least double not null
);

delete from quality.peers
using quality.groups_to_measure as groups
where peers.agency_kind = groups.agency_kind
    and peers.admin_level = groups.admin_level
    and peers.report_year = groups.report_year;

insert into quality.peers by name
with measured as (
    select * from quality.figures('quality.to_measure')
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
