-- one row per report in judgement and measure that both it and the year before state; one row without a measure where there is no year before
create or replace view quality.jumps as
with pairs as (
    select
        judged.report_id,
        judged.template,
        now.measures,
        now.figures,
        before.measures as measures_before,
        before.figures as figures_before
    from quality.to_judge as judged
    join quality.contents as now using (report_id)
    left join quality.contents as before
        on before.agency_key = judged.agency_key and before.report_year = judged.report_year - 1
),

each_measure as (
    select
        report_id,
        template,
        unnest(measures) as measure,
        unnest(figures) as figure,
        unnest(list_transform(measures, lambda name: figures_before[list_position(measures_before, name)])) as figure_before
    from pairs
    where figures_before is not null
),

compared as (
    select report_id, template, measure, figure, figure_before from each_measure
    union all
    select report_id, template, 'year_before', null, null from pairs where figures_before is null
)

select
    report_id,
    template,
    measure,
    figure,
    figure_before,
    -- Five times as much, one added so that 0 can be compared, and twenty units besides.
    greatest(5 * (figure_before + 1) - 1, figure_before + 20) as figure_at_most,
    least((figure_before + 1) / 5 - 1, figure_before - 20) as figure_at_least
from compared;
