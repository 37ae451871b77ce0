-- one row per report of a table with a column report_id, and measure: its figure, and whose peers it is among
create or replace macro quality.figures(reports) as table
select
    report_id,
    agency_kind,
    admin_level,
    report_year,
    unnest(measures) as measure,
    unnest(figures) as figure
from quality.contents
semi join query_table(reports) using (report_id);
