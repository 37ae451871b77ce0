-- one row per agency and name that its reports print, or its site file states
create table mart.dim_agency_names (
    agency_key varchar not null,
    agency_name varchar not null,
    valid_from integer,
    valid_to integer,
    is_official boolean not null,
    reports integer not null
);

comment on table mart.dim_agency_names is 'One row per agency and name that its reports print, or its site file states: names change, and are printed short.';
comment on column mart.dim_agency_names.agency_key is 'Key of dim_agencies';
comment on column mart.dim_agency_names.agency_name is 'Name as printed or stated';
comment on column mart.dim_agency_names.valid_from is 'First year whose report prints it; null when none does';
comment on column mart.dim_agency_names.valid_to is 'Last year whose report prints it; null when none does. That it is in use in between is not said';
comment on column mart.dim_agency_names.is_official is 'Whether it is the name in dim_agencies';
comment on column mart.dim_agency_names.reports is 'Reports that print it';

insert into mart.dim_agency_names by name
with as_printed as (
    select
        reports.agency_key,
        documents.agency_printed,
        min(reports.report_year) as valid_from,
        max(reports.report_year) as valid_to,
        count(*) as reports
    from staging.reports as reports
    join staging.documents as documents using (document_sha256)
    group by all
),

printed as (
    select
        agency_key,
        trim(agency_printed) as agency_name,
        min(valid_from) as valid_from,
        max(valid_to) as valid_to,
        sum(reports) as reports
    from as_printed
    where trim(agency_printed) <> ''
    group by all
),

official as (
    select agency_key, agency_name from mart.dim_agencies
)

select
    agency_key,
    agency_name,
    printed.valid_from,
    printed.valid_to,
    official.agency_key is not null as is_official,
    coalesce(printed.reports, 0) as reports
from printed
full join official using (agency_key, agency_name)
order by agency_key, valid_from nulls last, agency_name;
