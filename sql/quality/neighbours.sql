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
    select agency_key, bit_xor(hash(report_id, reading)) as years
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
)

select
    reports.report_id,
    twins.agencies_with_content,
    twins.agencies_with_numbers,
    coalesce(addresses.other_addresses, 0) as other_addresses,
    coalesce(addresses.other_contents, 0) as other_contents,
    likenesses.likeness,
    likenesses.twin,
    hash(
        twins.agencies_with_content,
        twins.agencies_with_numbers,
        agencies.years,
        reports.version,
        reports.source_url,
        reports.agency_name,
        reports.agency_evidence,
        addresses.other_addresses,
        addresses.other_contents,
        described,
        places.regions,
        case
            when likenesses.likeness >= 0.9 then likenesses.likeness || ' ' || likenesses.twin
            when likenesses.likeness is not null then 'prose'
        end,
        coalesce(outliers.measures, 0),
        outliers.far_off,
        sites.verified,
        (select bit_xor(hash(regions)) from raw.regions as regions)
    ) as surroundings
from staging.reports as reports
join twins using (report_id)
join agencies using (agency_key)
left join addresses using (report_id)
join quality.agencies as described using (agency_key)
left join places using (site)
left join quality.likenesses as likenesses using (report_id)
left join quality.outliers as outliers using (report_id)
left join raw.sites as sites using (site);
