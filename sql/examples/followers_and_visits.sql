-- How many followers and site visits do agencies state, by city, and how sure is each figure, and of which time?
-- As the prose says it. Figures of a city are not added up: one person may follow two accounts.
select
    agencies.province,
    coalesce(agencies.prefecture, agencies.region_name) as city,
    agencies.agency_name,
    reports.report_year,
    said.metric,
    said.scope as account,
    said.value,
    said.qualifier,
    said.period_kind,
    said.sentence
from mart.fct_prose_metrics as said
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
where said.metric in ('wechat_subscribers', 'website_visits_total', 'website_unique_visitors')
order by agencies.province, city, agencies.agency_name, reports.report_year, said.statement;
