-- Whose documents in force do not follow from last year's: in force before + issued - repealed?
with stocks as (
    select
        reports.agency_key,
        reports.report_year,
        reports.source_url,
        items.item,
        items.in_force,
        before.in_force as in_force_before,
        before.in_force + items.issued - items.repealed as in_force_expected
    from mart.fct_proactive as items
    join mart.dim_reports as reports using (report_id)
    join mart.dim_reports as reports_before
        on reports_before.agency_key = reports.agency_key and reports_before.report_year = reports.report_year - 1
    join mart.fct_proactive as before
        on before.report_id = reports_before.report_id and before.item = items.item
    where items.item in ('rules', 'normative_documents')
)

select
    agencies.agency_name,
    stocks.report_year,
    stocks.item,
    stocks.in_force_before,
    stocks.in_force_expected,
    stocks.in_force,
    stocks.source_url
from stocks
join mart.dim_agencies as agencies using (agency_key)
where stocks.in_force <> stocks.in_force_expected
order by abs(stocks.in_force - stocks.in_force_expected) desc, agencies.agency_name, stocks.report_year, stocks.item;
