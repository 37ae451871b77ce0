-- one row per agency that a site file names or a report carries: what the site files state of it, or its name says
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

found as (
    select
        agency_key,
        any_value(agency_kind) as agency_kind,
        any_value(admin_level) as admin_level,
        any_value(region_code) as region_code
    from staging.agencies_found
    anti join registered using (agency_key)
    where agency_key is not null
    group by agency_key
),

described as (
    select
        agency_key,
        coalesce(carried.agency_name, registered.agency_name) as agency_name,
        coalesce(registered.agency_kind, found.agency_kind) as agency_kind,
        coalesce(registered.admin_level, found.admin_level) as admin_level,
        coalesce(registered.region_code, found.region_code) as region_code,
        concat(registered.agency_kind, ' ', coalesce(carried.agency_name, registered.agency_name)) as words
    from carried
    full join registered using (agency_key)
    left join found using (agency_key)
)

select
    agency_key,
    agency_name,
    agency_kind,
    admin_level, -- province, prefecture, county, township; null when neither says it
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
