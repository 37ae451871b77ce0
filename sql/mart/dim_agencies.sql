-- one row per agency that a site file names or a report carries
create table mart.dim_agencies (
    agency_key varchar not null,
    agency_name varchar not null,
    agency_kind varchar,
    admin_level varchar,
    region_code varchar,
    region_name varchar,
    province varchar,
    is_government boolean not null
);

comment on table mart.dim_agencies is 'One row per agency that a site file names or a report carries.';
comment on column mart.dim_agencies.agency_key is '统一社会信用代码 where known, else division code and kind; name:… for a name that no site file knows';
comment on column mart.dim_agencies.agency_name is 'Full official name in Simplified Chinese; as printed for a name that no site file knows';
comment on column mart.dim_agencies.agency_kind is 'Kind of agency, e.g. 医疗保障局';
comment on column mart.dim_agencies.admin_level is 'province, prefecture, county or township';
comment on column mart.dim_agencies.region_code is 'Division code, GB/T 2260, six digits';
comment on column mart.dim_agencies.region_name is 'Name of the region';
comment on column mart.dim_agencies.province is 'Province, autonomous region or municipality';
comment on column mart.dim_agencies.is_government is 'Whether it files for a government (its office, or a committee that stands in for one) and so by 31 March; told from its kind and name';

insert into mart.dim_agencies by name
with registered as (
    select
        agency_key,
        arg_min(agency_name, site) as agency_name,
        arg_min(agency_kind, site) as agency_kind,
        arg_min(admin_level, site) as admin_level,
        arg_min(region_code, site) as region_code,
        arg_min(region_name, site) as region_name,
        arg_min(province, site) as province
    from raw.agencies
    group by agency_key
),

printed as (
    select agency_key, min(agency_name) as agency_name
    from staging.reports
    anti join registered using (agency_key)
    group by agency_key
),

known as (
    select * from registered
    union all by name
    select * from printed
)

select known.*, described.is_government
from known
join quality.agencies as described using (agency_key)
order by agency_key;
