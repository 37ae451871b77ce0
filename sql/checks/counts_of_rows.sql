-- Reports and cells arrive whole: what staging has, the mart has.
select 'dim_reports' as what, (select count(*) from staging.reports) as expected, (select count(*) from mart.dim_reports) as found
where expected <> found
union all
select 'fct_cells', (select sum(cells_read + cells_not_read) from mart.dim_reports), (select count(*) from mart.fct_cells)
where (select coalesce(sum(cells_read + cells_not_read), 0) from mart.dim_reports) <> (select count(*) from mart.fct_cells)
union all
select 'fct_rule_outcomes', (select sum(failed + not_assessable) from mart.fct_rule_counts), (select count(*) from mart.fct_rule_outcomes)
where (select coalesce(sum(failed + not_assessable), 0) from mart.fct_rule_counts) <> (select count(*) from mart.fct_rule_outcomes);
