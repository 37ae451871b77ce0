-- one row per report year
create table mart.dim_years (
    report_year integer not null,
    template_in_force varchar,
    departments_due_on date not null,
    governments_due_on date not null,
    are_departments_due boolean not null,
    are_governments_due boolean not null,
    basis varchar not null
);

comment on table mart.dim_years is 'One row per report year that has ended by the last night, from the first that a list or a report names (2019 at the latest).';
comment on column mart.dim_years.report_year is 'Year reported on';
comment on column mart.dim_years.template_in_force is 'Template that the year was to be reported in: 2021-30, 2019-60, or 2014-32 (2014 to 2018, not read here); null before. Reports may use another: dim_reports.template says which';
comment on column mart.dim_years.departments_due_on is 'Day by which departments of governments at county level and above publish: 31 January of the next year; 31 March for 2018 and before';
comment on column mart.dim_years.governments_due_on is 'Day by which governments at county level and above publish: 31 March of the next year';
comment on column mart.dim_years.are_departments_due is 'Whether that day had passed on the last night, in Shanghai';
comment on column mart.dim_years.are_governments_due is 'Whether that day had passed on the last night, in Shanghai';
comment on column mart.dim_years.basis is 'Where the two days come from';

insert into mart.dim_years by name
with last_night as (
    -- Times are UTC; a day ends in Shanghai.
    select (max(fetched_at) + interval 8 hours)::date as today from raw.fetches
),

first_year as (
    select least(
        2019,
        (select min(year_named) from mart.fct_addresses),
        (select min(report_year) from staging.reports)
    ) as first_year
),

years as (
    select unnest(range(first_year, year(today)))::integer as report_year, today
    from last_night, first_year
)

select
    report_year,
    case
        when report_year >= 2021 then '2021-30'
        when report_year >= 2019 then '2019-60'
        when report_year >= 2014 then '2014-32'
    end as template_in_force,
    if(report_year >= 2019, make_date(report_year + 1, 1, 31), make_date(report_year + 1, 3, 31)) as departments_due_on,
    make_date(report_year + 1, 3, 31) as governments_due_on,
    today > departments_due_on as are_departments_due,
    today > governments_due_on as are_governments_due,
    if(report_year >= 2019, '《条例》（2019）第四十九条', '《条例》（2007）第三十一条') as basis
from years
order by report_year;
