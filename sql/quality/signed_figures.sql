-- one row per report in judgement and item of table two with a count of powers (form of 2019): the signs that are printed
create or replace view quality.signed_figures as
with printed as (
    select
        document_sha256,
        item,
        max(printed) filter (where "column" = 'items_change' and state <> 'blank') as items_change,
        max(printed) filter (where "column" = 'prior_year_items' and state <> 'blank') as prior_year_items
    from staging.cells
    semi join quality.to_judge using (document_sha256)
    where "table" = 'proactive' and "column" in ('items_change', 'prior_year_items')
    group by document_sha256, item
)

select
    reports.report_id,
    reports.template,
    printed.item,
    printed.item is not null as has_powers,
    length(regexp_extract(trim(items_change), '^[+＋\-－−—–]*')) as signs_of_change,
    length(regexp_extract(trim(prior_year_items), '^[+＋\-－−—–]*')) as signs_of_prior_year
from quality.to_judge as reports
left join printed using (document_sha256);
