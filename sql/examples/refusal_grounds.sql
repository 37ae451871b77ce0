-- Which grounds of refusal grow: what share of all outcomes has each, by year?
-- Only reports that pass every error rule, so that both sides of each share are of the same reports.
with grounds as (
    select reports.report_year, items.row_code, sum(items.total) as requests
    from mart.fct_applications as items
    join mart.clean_reports as reports using (report_id)
    join mart.dim_outcomes as outcomes using (row_code)
    where outcomes.outcome_group in ('denied', 'total')
    group by all
),

handled as (
    select report_year, requests as processed from grounds where row_code = 'processed_total'
)

select
    row_code,
    report_year,
    requests,
    processed,
    round(requests / nullif(processed, 0), 3) as share_of_processed
from grounds
join handled using (report_year)
where row_code <> 'processed_total' and requests > 0
order by row_code, report_year;
