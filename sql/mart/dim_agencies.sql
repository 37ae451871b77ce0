-- one row per agency that a site file names or a report carries
create table mart.dim_agencies (
    agency_key varchar not null,
    agency_name varchar not null,
    agency_kind varchar,
    admin_level varchar,
    region_code varchar,
    region_name varchar,
    province varchar,
    prefecture varchar,
    county varchar,
    is_government boolean not null,
    credit_code varchar,
    known_from varchar not null
);

comment on table mart.dim_agencies is 'One row per agency that a site file names or a report carries, with its name of today. The names that it has had are in dim_agency_names.';
comment on column mart.dim_agencies.agency_key is '统一社会信用代码 where known, else division code and kind; name:…@site for a name that could not be resolved, which is kept apart on every site';
comment on column mart.dim_agencies.agency_name is 'Full official name in Simplified Chinese; as printed for a name that could not be resolved';
comment on column mart.dim_agencies.agency_kind is 'Kind of agency, e.g. 医疗保障局; null when not known';
comment on column mart.dim_agencies.admin_level is 'province, prefecture, county or township; null when not known, as for agencies of development zones';
comment on column mart.dim_agencies.region_code is 'Division code, GB/T 2260, six digits: key of dim_regions where is_current; null when not known';
comment on column mart.dim_agencies.region_name is 'Name of the region';
comment on column mart.dim_agencies.province is 'Province, autonomous region or municipality';
comment on column mart.dim_agencies.prefecture is 'Prefecture of the region; null for provinces, municipalities and counties that a province runs';
comment on column mart.dim_agencies.county is 'County or district of the region; null for agencies above';
comment on column mart.dim_agencies.is_government is 'Whether it files for a government (its office, or a committee that stands in for one) and so by 31 March; told from its kind and name';
comment on column mart.dim_agencies.credit_code is '统一社会信用代码 with a right check character (GB 32100); null where the key is none';
comment on column mart.dim_agencies.known_from is 'site_file (somebody stated it), name (worked out from the names in its reports: see dim_reports.agency_evidence), nothing (a name that could not be resolved)';

insert into mart.dim_agencies by name
with registered as (
    select
        agency_key,
        'site_file' as known_from,
        arg_min(agency_name, site) as agency_name,
        arg_min(agency_kind, site) as agency_kind,
        arg_min(admin_level, site) as admin_level,
        arg_min(region_code, site) as region_code,
        arg_min(region_name, site) as region_name,
        arg_min(province, site) as province
    from raw.agencies
    group by agency_key
),

-- Carried by a report, and by no site file.
found as (
    select
        reports.agency_key,
        if(bool_or(reports.agency_evidence = 'printed'), 'nothing', 'name') as known_from,
        arg_max(reports.agency_name, reports.report_year) as agency_name,
        any_value(found.agency_kind) as agency_kind,
        any_value(found.admin_level) as admin_level,
        any_value(found.region_code) as region_code
    from staging.reports as reports
    left join staging.agencies_found as found using (agency_key)
    anti join registered using (agency_key)
    group by reports.agency_key
),

known as (
    select * from registered
    union all by name
    select * from found
),

placed as (
    select
        known.* replace (
            coalesce(known.region_name, regions.region_name) as region_name,
            coalesce(known.province, regions.province) as province
        ),
        if(regions.region_level = 'prefecture', regions.region_name, regions.prefecture) as prefecture,
        if(regions.region_level = 'county', regions.region_name, null) as county
    from known
    left join mart.dim_regions as regions on regions.region_code = known.region_code and regions.is_current
)

select
    placed.*,
    described.is_government,
    -- What a document labels as its code was held to its check character when it was read.
    case
        when codes.credit_code is not null then agency_key
        when known_from = 'name' and regexp_full_match(agency_key, '[0-9A-Z]{18}') then agency_key
    end as credit_code
from placed
join quality.agencies as described using (agency_key)
left join raw.credit_codes as codes on codes.credit_code = placed.agency_key and codes.is_valid
order by agency_key;
