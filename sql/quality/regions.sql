-- one row per way to write a region's name, with or without its province and prefecture
create or replace view quality.regions as
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
        not ends_with(regions.region_code, '00') as is_county
    from raw.regions as regions
    join provinces on provinces.province = left(regions.region_code, 2)
    left join prefectures on prefectures.prefecture = left(regions.region_code, 4)
    where regions.region_name not in ('市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划')
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

select distinct spelled, region_code, valid_from, valid_to, is_sure
from written
where spelled is not null;
