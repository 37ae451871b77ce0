-- one row per report in judgement whose printed agency names a region: which regions the name can mean in its year
create or replace view quality.names as
with printed as (
    select
        reports.report_id,
        reports.agency_printed,
        reports.report_year,
        agencies.region_code as region_stated
    from quality.reports as reports
    semi join quality.to_judge using (report_id)
    join quality.agencies as agencies using (agency_key)
    where reports.agency_printed is not null
),

beginnings as (
    select *, unnest(range(2, 20)) as letters
    from printed
),

-- 上海市崇明区 rather than 上海市: the longest beginning that is a region.
candidates as (
    select
        beginnings.*,
        regions.region_code,
        regions.is_sure
    from beginnings
    join quality.regions as regions on regions.spelled = left(beginnings.agency_printed, beginnings.letters)
    where coalesce(regions.valid_from <= beginnings.report_year, true)
      and coalesce(regions.valid_to >= beginnings.report_year, true)
    qualify letters = max(letters) over (partition by report_id)
),

compared as (
    select
        *,
        -- A zone or an office may be named after the city around it.
        coalesce(
            starts_with(
                region_stated,
                regexp_replace(regexp_replace(region_code, '0000$', ''), '00$', '')
            ),
            true
        ) as fits_the_registry
    from candidates
)

select
    report_id,
    count(distinct region_code) filter (where fits_the_registry) as regions_possible,
    list(distinct region_code) as regions_named,
    bool_or(is_sure)::integer as is_sure
from compared
group by report_id;
