-- one row per report: what its outcomes rest on besides its own reading. Another digest means that it is judged anew
create or replace view quality.neighbours as
with twins as (
    select
        report_id,
        prose,
        -- The same words and the same figures.
        if(prose is null, null, count(distinct agency_key) over (partition by prose, content)) as agencies_with_content,
        -- Tables with next to nothing in them are equal by nature.
        case
            when nonzero_cells >= 6 and received_total >= 10
                then count(distinct agency_key) over (partition by report_year, numbers)
            when nonzero_cells is not null then 1
        end as agencies_with_numbers
    from quality.contents
),

-- Every year of the agency: the year before, gaps, and runs of years.
agencies as (
    select agency_key, string_agg(report_id || ' ' || reading, ',' order by report_year) as years
    from staging.reports
    group by agency_key
),

addresses as (
    select
        reports.report_id,
        count(distinct claims.url) - 1 as other_addresses,
        count(distinct claims.url) filter (where claims.content <> reports.content) as other_contents
    from staging.claims as claims
    join staging.reports as reports using (report_id)
    where claims.is_current
    group by reports.report_id
),

-- What the site's file says of where its agencies are.
places as (
    select site, list(distinct region_code order by region_code) as regions
    from raw.agencies
    where region_code is not null
    group by site
),

stated as (
    select agency_key, string_agg(concat_ws(' ', site, agency_kind, admin_level, region_code), ',' order by site) as words
    from raw.agencies
    group by agency_key
)

select
    reports.report_id,
    twins.agencies_with_content,
    twins.agencies_with_numbers,
    coalesce(addresses.other_addresses, 0) as other_addresses,
    coalesce(addresses.other_contents, 0) as other_contents,
    places.regions as regions_of_site,
    company.likeness,
    company.twin,
    md5(concat_ws(
        '|',
        twins.agencies_with_content,
        twins.agencies_with_numbers,
        agencies.years,
        reports.version,
        reports.source_url,
        reports.agency_name,
        reports.agency_evidence,
        addresses.other_addresses,
        addresses.other_contents,
        stated.words,
        places.regions,
        case
            when company.likeness >= 0.9 then company.likeness || ' ' || company.twin
            when company.likeness is not null then 'prose'
        end,
        company.measures,
        company.far_off,
        sites.verified,
        (select count(*) from raw.regions)
    )) as surroundings
from staging.reports as reports
join twins using (report_id)
join agencies using (agency_key)
left join addresses using (report_id)
left join stated using (agency_key)
left join places using (site)
left join quality.company as company using (report_id)
left join raw.sites as sites using (site);
