-- one row per way to write a region's name, with or without its province and prefecture, and division that it can mean
create table if not exists staging.region_spellings (
    spelled varchar not null,
    region_code varchar not null,
    valid_from integer, -- year; null: before the lists begin
    valid_to integer, -- year; null: still
    is_sure boolean not null, -- the spelling says which city it is in; a county's name alone does not
    full_name varchar not null -- with its prefecture or municipality, as agencies are officially named
);

delete from staging.region_spellings;

insert into staging.region_spellings by name
with provinces as (
    select distinct left(region_code, 2) as province, region_name as province_name
    from raw.regions
    where ends_with(region_code, '0000') and valid_to is null
),

prefectures as (
    select distinct left(region_code, 4) as prefecture, region_name as prefecture_name
    from raw.regions
    where ends_with(region_code, '00') and not ends_with(region_code, '0000') and valid_to is null
),

named as (
    select distinct
        regions.region_code,
        regions.region_name,
        regions.valid_from,
        regions.valid_to,
        provinces.province_name,
        prefectures.prefecture_name,
        not ends_with(regions.region_code, '00') as is_county,
        case
            when not is_county then regions.region_name
            when prefecture_name is not null then prefecture_name || regions.region_name
            when province_name in ('北京市', '天津市', '上海市', '重庆市') then province_name || regions.region_name
            else regions.region_name
        end as full_name
    from raw.regions as regions
    join provinces on provinces.province = left(regions.region_code, 2)
    left join prefectures on prefectures.prefecture = left(regions.region_code, 4)
),

written as (
    select *, region_name as spelled, not is_county as is_sure from named
    union all
    select *, province_name || region_name, true from named where region_name <> province_name
    union all
    select *, prefecture_name || region_name, true from named where is_county
    union all
    select *, province_name || prefecture_name || region_name, true from named where is_county
)

select distinct spelled, region_code, valid_from, valid_to, is_sure, full_name
from written
where spelled is not null;
