-- What share of the requests comes from natural persons, by kind of agency?
-- Reports in which one of the two cells has no number are left out of both sides.
select
    agencies.agency_kind,
    sum(items.natural_person) as from_natural_persons,
    sum(items.total) as received,
    round(sum(items.natural_person) / nullif(sum(items.total), 0), 3) as share,
    count(*) as reports
from mart.fct_applications as items
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
where items.row_code = 'received_new' and items.natural_person is not null and items.total is not null
group by all
order by share desc, agencies.agency_kind;
