-- one row per report in judgement and measure that has peers; one row without a measure where there are too few
create or replace view quality.deviations as
with compared as (
    select
        judged.report_id,
        judged.template,
        measure,
        figure,
        peers.middle,
        peers.figure_at_most,
        peers.figure_at_least
    from quality.figures('quality.to_judge')
    join quality.peers as peers using (agency_kind, admin_level, report_year, measure)
    join quality.to_judge as judged using (report_id)
)

select * from compared
union all by name
select report_id, template, 'peers' as measure
from quality.to_judge
anti join compared using (report_id);
