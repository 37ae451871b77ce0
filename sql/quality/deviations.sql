-- one row per report in judgement and measure that has peers; one row without a measure where there are too few
create or replace view quality.deviations as
with measured as (
    select
        judged.report_id,
        judged.template,
        judged.report_year,
        agencies.agency_kind,
        agencies.admin_level,
        unnest(measures.names) as measure,
        unnest(measures.figures) as figure
    from quality.to_judge as judged
    join quality.agencies as agencies using (agency_key)
    join quality.measures as measures using (document_sha256)
),

compared as (
    select
        measured.report_id,
        measured.template,
        measured.measure,
        measured.figure,
        peers.middle,
        peers.figure_at_most,
        peers.figure_at_least
    from measured
    join quality.peers as peers using (agency_kind, admin_level, report_year, measure)
)

select * from compared
union all by name
select report_id, template, 'peers' as measure
from quality.to_judge
anti join compared using (report_id);
