-- one row per report that can be compared with its peers: in how many measures, and a digest of those that lie far off
create table if not exists quality.outliers (
    report_id varchar not null,
    measures integer not null,
    far_off varchar
);

delete from quality.outliers
where report_id in (select report_id from quality.to_compare)
    or report_id in (select report_id from quality.to_measure);

insert into quality.outliers by name
select
    report_id,
    count(*) as measures,
    md5(string_agg(concat_ws(' ', measure, figure_at_least, figure_at_most), ',' order by measure)
        filter (where figure not between figure_at_least and figure_at_most)) as far_off
from quality.figures('quality.to_measure')
join quality.peers using (agency_kind, admin_level, report_year, measure)
group by report_id;
