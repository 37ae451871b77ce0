-- one row per agency that a site file names or a report carries: what the site files state of it
create or replace view quality.agencies as
with registered as (
    select
        agency_key,
        arg_min(agency_name, site) as agency_name,
        arg_min(agency_kind, site) as agency_kind,
        arg_min(admin_level, site) as admin_level,
        arg_min(region_code, site) as region_code
    from raw.agencies
    group by agency_key
),

carried as (
    select agency_key, arg_max(agency_name, report_year) as agency_name
    from staging.reports
    group by agency_key
),

described as (
    select
        agency_key,
        coalesce(carried.agency_name, registered.agency_name) as agency_name,
        registered.* exclude (agency_key, agency_name),
        coalesce(registered.agency_kind, '') || ' ' || coalesce(carried.agency_name, registered.agency_name) as words
    from carried
    full join registered using (agency_key)
)

select
    agency_key,
    agency_name,
    agency_kind,
    admin_level, -- province, prefecture, county, township; null when no site file states it
    region_code,
    -- An office that reports for its government, and a committee that stands in for one, keep the government's date.
    regexp_matches(words, '政府( |$|办公)|管理?委员?会|管委会') as is_government,
    regexp_matches(words, '医疗保障局|医保局') as is_health_insurer,
    -- 立法法: governments of provinces and of cities with districts, and departments of the State Council.
    case
        when admin_level is null then null
        when admin_level = 'state' then true
        else admin_level in ('province', 'prefecture') and regexp_matches(words, '政府( |$|办公)')
    end as may_make_rules
from described;
