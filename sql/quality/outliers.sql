-- one row per report that can be compared with its peers: in how many measures, and a digest of those that lie far off
create or replace view quality.outliers as
with measured as (
    select
        reports.report_id,
        agencies.agency_kind,
        agencies.admin_level,
        reports.report_year,
        unnest(measures.names) as measure,
        unnest(measures.figures) as figure
    from staging.reports as reports
    join quality.agencies as agencies using (agency_key)
    join quality.measures as measures using (document_sha256)
)

select
    report_id,
    count(*) as measures,
    md5(string_agg(concat_ws(' ', measure, figure_at_least, figure_at_most), ',' order by measure)
        filter (where figure not between figure_at_least and figure_at_most)) as far_off
from measured
join quality.peers using (agency_kind, admin_level, report_year, measure)
group by report_id;
