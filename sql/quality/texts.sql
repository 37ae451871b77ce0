-- one row per year of quality.texts_to_compare and sketch of prose: whose it is
create or replace view quality.texts as
select report_year, sketch, count(*) as agencies, list(report_id order by report_id)[:2] as reports
from quality.contents
where sketch is not null and report_year in (select report_year from quality.texts_to_compare)
group by report_year, sketch;
