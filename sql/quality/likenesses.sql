-- one row per report: how alike its prose is to that of the most alike report of another agency of the same year
create or replace macro quality.likeness(one, other) as (
    -- Sketches, two digits for each of 256 places: the share of places that agree, less what agrees by chance (1 in 255).
    with places as (
        select
            substr(one, 2 * place - 1, 2) as ours,
            substr(other, 2 * place - 1, 2) as theirs
        from range(1, 257) as places(place)
    )

    select if(
        one is null or other is null,
        null,
        greatest(0, (count(*) filter (where ours = theirs) / nullif(count(*), 0) - 1 / 255) / (1 - 1 / 255))
    )
    from places
    where ours <> '00' or theirs <> '00'
);

create or replace view quality.likenesses as
with sketched as (
    select report_id, report_year, sketch
    from quality.contents
    where sketch is not null
),

texts as (
    select report_year, sketch, count(*) as agencies, list(report_id order by report_id)[:2] as reports
    from sketched
    group by report_year, sketch
),

-- Two texts nine tenths alike have one of 16 bands of 8 places in common in all but one of ten thousand cases.
bands as (
    select
        report_year,
        sketch,
        band,
        substr(sketch, 16 * band + 1, 16) as places
    from texts, range(16) as bands(band)
    where places <> repeat('00', 8)
),

pairs as (
    select distinct one.report_year, one.sketch, other.sketch as other
    from bands as one
    join bands as other using (report_year, band, places)
    where one.sketch < other.sketch
),

measured as (
    select report_year, sketch, other, quality.likeness(sketch, other) as likeness
    from pairs
),

most as (
    select report_year, sketch, arg_max(other, (likeness, other)) as other, max(likeness) as likeness
    from (
        select report_year, sketch, other, likeness from measured
        union all
        select report_year, other, sketch, likeness from measured
        union all
        select report_year, sketch, sketch, 1 from texts where agencies > 1
    )
    group by report_year, sketch
)

select
    sketched.report_id,
    round(coalesce(most.likeness, 0), 2) as likeness, -- 0: no text is anything like it
    list_filter(texts.reports, lambda report: report <> sketched.report_id)[1] as twin
from sketched
left join most using (report_year, sketch)
left join texts on texts.report_year = most.report_year and texts.sketch = most.other;
