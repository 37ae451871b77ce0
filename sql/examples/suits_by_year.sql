-- How many suits were brought directly, and how many after reconsideration, by year?
select
    reports.report_year,
    sum(disputes.total) filter (where disputes.channel = 'litigation_direct') as direct,
    sum(disputes.total) filter (where disputes.channel = 'litigation_after_reconsideration') as after_reconsideration,
    count(distinct disputes.report_id) as reports,
    count(distinct disputes.report_id) filter (where disputes.total is null) as reports_without_number
from mart.fct_disputes as disputes
join mart.dim_reports as reports using (report_id)
where disputes.channel <> 'reconsideration'
group by all
order by all;
