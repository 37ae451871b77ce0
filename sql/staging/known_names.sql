-- one row per site and name said there that stands for one agency of its site file
create or replace view staging.known_names as
with said_names as (
    select distinct site, agency_said from staging.readings
),

-- 惠济区医疗保障局 stands for 郑州市惠济区医疗保障局 on a site that publishes the latter.
candidates as (
    select
        names.site,
        names.agency_said,
        agencies.agency_key,
        agencies.agency_name,
        agencies.agency_name = names.agency_said as is_exact
    from said_names as names
    join raw.agencies as agencies
        on agencies.site = names.site
        and ends_with(agencies.agency_name, names.agency_said)
)

select
    site,
    agency_said,
    arg_max(agency_key, is_exact) as agency_key,
    arg_max(agency_name, is_exact) as agency_name,
    if(bool_or(is_exact), 'name', 'name_ending') as evidence
from candidates
group by all
having bool_or(is_exact) or count(*) = 1;
