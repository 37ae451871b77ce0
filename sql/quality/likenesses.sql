-- one row per report with prose: how alike it is to that of the most alike report of another agency of the same year
create table if not exists quality.likenesses (
    report_id varchar not null,
    likeness decimal(3, 2) not null, -- 0: no text is anything like it
    twin varchar -- that report
);

delete from quality.likenesses
where report_id not in (select report_id from quality.contents where sketch is not null)
    or report_id in (select report_id from quality.contents semi join quality.texts_to_compare using (report_year, sketch));

insert into quality.likenesses by name
with pairs as (
    select distinct one.report_year, one.sketch, other.sketch as other
    from quality.bands('quality.texts_to_compare') as one
    join quality.bands('quality.texts_beside') as other using (report_year, band, places)
    union all
    select distinct one.report_year, one.sketch, other.sketch as other
    from quality.bands('quality.texts_to_compare') as one
    join quality.bands('quality.texts_to_compare') as other using (report_year, band, places)
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
        select report_year, sketch, sketch, 1 from quality.texts where agencies > 1
    )
    group by report_year, sketch
)

select
    reports.report_id,
    round(coalesce(most.likeness, 0), 2) as likeness,
    list_filter(texts.reports, lambda report: report <> reports.report_id)[1] as twin
from quality.contents as reports
semi join quality.texts_to_compare using (report_year, sketch)
left join most using (report_year, sketch)
left join quality.texts as texts on texts.report_year = most.report_year and texts.sketch = most.other;
