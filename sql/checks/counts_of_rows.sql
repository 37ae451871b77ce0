-- Reports, cells, counts and outcomes arrive whole: what the work file has, the mart has.
with compared as (
    select 'dim_reports' as what, (select count(*) from staging.reports) as expected, (select count(*) from mart.dim_reports) as found
    union all
    select 'fct_cells', (select sum(cells_read + cells_not_read) from mart.dim_reports), (select count(*) from mart.fct_cells)
    union all
    select 'fct_rule_counts', (select count(*) from quality.rule_counts), (select count(*) from mart.fct_rule_counts)
    union all
    select 'fct_rule_outcomes', (select count(*) from quality.rule_outcomes), (select count(*) from mart.fct_rule_outcomes)
    union all
    select 'fct_rule_outcomes, as counted', (select sum(failed + not_assessable) from mart.fct_rule_counts), (select count(*) from mart.fct_rule_outcomes)
)

select * from compared
where coalesce(expected, 0) <> found;
