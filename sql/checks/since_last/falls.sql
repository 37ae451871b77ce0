-- Nothing that grows from year to year has lost more than a tenth since the publication before.
with rows as (
    select table_name as what, before.row_count as before, coalesce(now.row_count, 0) as now
    from last.publication.tables as before
    left join publication.tables as now using (table_name)
    where table_name in (
        'dim_agencies', 'dim_reports', 'dim_outcomes', 'dim_rules',
        'fct_applications', 'fct_proactive', 'fct_disputes', 'fct_cells', 'fct_rule_counts'
    )
),

cells as (
    select
        'cells read' as what,
        (select sum(cells_read) from last.mart.dim_reports) as before,
        (select coalesce(sum(cells_read), 0) from mart.dim_reports) as now
)

select what, before, now
from (from rows union all from cells)
where now < 0.9 * before
order by all;
