-- one row per name that reports print and that could not be resolved to an agency, and site
create table mart.unresolved_agencies (
    agency_name varchar not null,
    site varchar not null,
    agency_key varchar not null,
    reports integer not null,
    first_year integer not null,
    last_year integer not null,
    regions_possible varchar[] not null,
    reason varchar not null,
    source_url varchar not null
);

comment on table mart.unresolved_agencies is 'One row per name that reports print and that could not be resolved to an agency, and site: a person has to say which agency it is, in the site''s file. Nothing is guessed meanwhile.';
comment on column mart.unresolved_agencies.agency_name is 'Name as printed';
comment on column mart.unresolved_agencies.site is 'Key of dim_sites';
comment on column mart.unresolved_agencies.agency_key is 'Key of dim_agencies under which its reports stand meanwhile';
comment on column mart.unresolved_agencies.reports is 'Reports that print it';
comment on column mart.unresolved_agencies.first_year is 'First year reported on';
comment on column mart.unresolved_agencies.last_year is 'Last year reported on';
comment on column mart.unresolved_agencies.regions_possible is 'Full names of the regions that the name can mean in those years; empty when it begins with none';
comment on column mart.unresolved_agencies.reason is 'no_region (the name begins with no division that existed, or goes on as no agency does), several_regions (nothing decides between them), other_region (the one that it can mean is not where the site''s agencies are)';
comment on column mart.unresolved_agencies.source_url is 'Address of the latest of its reports';

insert into mart.unresolved_agencies by name
with possible as (
    select found.site, found.agency_said, unnest(found.regions_possible) as region_code
    from staging.agencies_found as found
    where found.agency_key is null
),

named as (
    select
        possible.site,
        possible.agency_said as agency_name,
        list(distinct coalesce(regions.full_name, possible.region_code) order by coalesce(regions.full_name, possible.region_code))
            as regions_possible
    from possible
    left join mart.dim_regions as regions on regions.region_code = possible.region_code and regions.is_current
    group by all
)

select
    reports.agency_name,
    reports.site,
    any_value(reports.agency_key) as agency_key,
    count(*) as reports,
    min(reports.report_year) as first_year,
    max(reports.report_year) as last_year,
    coalesce(any_value(named.regions_possible), []) as regions_possible,
    case
        when len(any_value(named.regions_possible)) > 1 then 'several_regions'
        when len(any_value(named.regions_possible)) = 1 then 'other_region'
        else 'no_region'
    end as reason,
    arg_max(reports.source_url, reports.report_year) as source_url
from staging.reports as reports
left join named on named.site = reports.site and named.agency_name = reports.agency_name
where reports.agency_evidence = 'printed'
group by reports.agency_name, reports.site
order by all;
