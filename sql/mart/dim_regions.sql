-- one row per division code of GB/T 2260 and name that it has had
create table mart.dim_regions (
    region_code varchar not null,
    region_name varchar not null,
    full_name varchar not null,
    region_level varchar not null,
    parent_code varchar,
    province varchar not null,
    prefecture varchar,
    valid_from integer,
    valid_to integer,
    is_current boolean not null
);

comment on table mart.dim_regions is 'One row per division code of GB/T 2260 and name that it has had: provinces, prefectures and counties, with the years in which each name held. Join dim_agencies by region_code where is_current, or by the year of the report.';
comment on column mart.dim_regions.region_code is 'Division code, six digits. Not unique: a code that was renamed has several rows. An upgraded county often has a new code';
comment on column mart.dim_regions.region_name is 'Name without its parents, e.g. 铁西区. Several divisions may share it';
comment on column mart.dim_regions.full_name is 'Name with its prefecture or municipality of today, e.g. 沈阳市铁西区';
comment on column mart.dim_regions.region_level is 'province, prefecture or county';
comment on column mart.dim_regions.parent_code is 'Division code of the prefecture, or of the province where there is none; null for a province';
comment on column mart.dim_regions.province is 'Name of the province today';
comment on column mart.dim_regions.prefecture is 'Name of the prefecture today; null for provinces, for districts of municipalities and for counties that a province runs';
comment on column mart.dim_regions.valid_from is 'First year of the name; null where the lists do not say';
comment on column mart.dim_regions.valid_to is 'Last year of the name; null where it still holds';
comment on column mart.dim_regions.is_current is 'Whether the name still holds';

insert into mart.dim_regions by name
with named as (
    select
        region_code,
        region_name,
        case
            when ends_with(region_code, '0000') then 'province'
            when ends_with(region_code, '00') then 'prefecture'
            else 'county'
        end as region_level,
        min(valid_from) as valid_from,
        if(bool_or(valid_to is null), null, max(valid_to)) as valid_to
    from raw.regions
    group by all
),

current_names as (
    select region_code, region_name from named where valid_to is null
),

full_names as (
    select region_code, arg_max(full_name, length(full_name)) as full_name, spelled as region_name
    from staging.region_spellings
    group by region_code, spelled
)

select
    named.region_code,
    named.region_name,
    full_names.full_name,
    named.region_level,
    case
        when named.region_level = 'province' then null
        when named.region_level = 'county' and prefectures.region_code is not null then prefectures.region_code
        else provinces.region_code
    end as parent_code,
    provinces.region_name as province,
    if(named.region_level = 'province', null, prefectures.region_name) as prefecture,
    named.valid_from,
    named.valid_to,
    named.valid_to is null as is_current
from named
join full_names using (region_code, region_name)
join current_names as provinces on provinces.region_code = left(named.region_code, 2) || '0000'
left join current_names as prefectures
    on prefectures.region_code = left(named.region_code, 4) || '00' and prefectures.region_code <> provinces.region_code
order by named.region_code, named.valid_from nulls first, named.region_name;
