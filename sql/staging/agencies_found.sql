-- one row per site, name said there that its site file does not know, year and code: which agency that can only be
create table if not exists staging.agencies_found (
    site varchar not null,
    agency_said varchar not null,
    report_year integer,
    stated_code varchar, -- 统一社会信用代码 that the document labels so, or that its address has
    agency_key varchar, -- null: not resolved
    agency_name varchar,
    evidence varchar, -- credit_code, registry, full_name, host_region, unique_name
    agency_kind varchar,
    admin_level varchar,
    region_code varchar,
    regions_possible varchar[] not null -- division codes that the name can mean in its year
);

delete from staging.agencies_found;

insert into staging.agencies_found by name
with unknown as (
    select distinct site, agency_said, report_year, stated_code
    from staging.readings
    anti join staging.known_names using (site, agency_said)
    where agency_said is not null
),

registered as (
    select distinct agency_key, agency_name, agency_kind, region_code from raw.agencies
),

-- Two site files may state one agency, and two agencies may have one name.
by_name as (
    select agency_name as agency_said, any_value(agency_key) as agency_key
    from registered
    group by agency_name
    having count(distinct agency_key) = 1
),

places as (
    select
        site,
        regexp_replace(regexp_replace(region_code, '0000$', ''), '00$', '') as place
    from raw.agencies
    where region_code is not null
),

beginnings as (
    select *, unnest(range(2, least(20, length(agency_said)))) as letters
    from unknown
),

-- 上海市崇明区 rather than 上海市: the longest beginning that is a region in the year, before what an agency can be called.
split as (
    select
        beginnings.* exclude (letters),
        regions.region_code,
        regions.full_name,
        regions.is_sure,
        substr(agency_said, letters + 1) as kind
    from beginnings
    join staging.region_spellings as regions on regions.spelled = left(agency_said, letters)
    where coalesce(regions.valid_from <= report_year + 1, true)
        and coalesce(regions.valid_to >= report_year, true)
        and regexp_matches(kind, '^.{1,24}(局|厅|委|委员会|政府|办公室|办公厅|办事处|管委会|中心|院|所|站)$')
    qualify letters = max(letters) over (partition by site, agency_said, report_year, stated_code)
),

-- 上海市崇明县… of a year without that county is no office of 上海市.
begun as (
    select distinct kind
    from (select distinct kind, unnest(range(2, 10)) as letters from split) as kinds
    join staging.region_spellings as others on others.spelled = left(kind, letters)
),

whole as (
    select * from split anti join begun using (kind)
),

-- A name alone may stand for several; the place of the site's own agencies decides among them.
placed as (
    select
        split.*,
        exists (select 1 from places where places.site = split.site) as has_place,
        exists (
            select 1 from places where places.site = split.site and starts_with(split.region_code, places.place)
        ) as is_in_place
    from whole as split
),

narrowed as (
    select
        site,
        agency_said,
        report_year,
        stated_code,
        any_value(kind) as kind,
        list(distinct region_code order by region_code) as regions_possible,
        case
            when count(distinct region_code) = 1 and bool_and(is_sure) then 'full_name'
            when count(distinct region_code) filter (where is_in_place) = 1 then 'host_region'
            when count(distinct region_code) = 1 and not bool_or(has_place) then 'unique_name'
        end as evidence,
        case evidence
            when 'host_region' then min(region_code) filter (where is_in_place)
            when 'full_name' then min(region_code)
            when 'unique_name' then min(region_code)
        end as region_code,
        case evidence
            when 'host_region' then min(full_name) filter (where is_in_place)
            when 'full_name' then min(full_name)
            when 'unique_name' then min(full_name)
        end as full_name
    from placed
    group by site, agency_said, report_year, stated_code
),

-- The same kind of agency of the same region, as another site's file states it.
by_region as (
    select region_code, agency_kind as kind, any_value(agency_key) as agency_key
    from registered
    where region_code is not null and agency_kind is not null
    group by all
    having count(distinct agency_key) = 1
),

resolved as (
    select
        unknown.*,
        narrowed.kind,
        narrowed.region_code,
        coalesce(narrowed.regions_possible, []) as regions_possible,
        case
            when by_code.agency_key is not null then by_code.agency_key
            when by_name.agency_key is not null then by_name.agency_key
            when by_region.agency_key is not null then by_region.agency_key
            when unknown.stated_code is not null then unknown.stated_code
            when narrowed.region_code is not null then narrowed.region_code || '-' || narrowed.kind
        end as agency_key,
        case
            when unknown.stated_code is not null and by_name.agency_key is null then 'credit_code'
            when by_code.agency_key is not null then 'credit_code'
            when by_name.agency_key is not null then 'registry'
            else narrowed.evidence
        end as evidence,
        coalesce(narrowed.full_name || narrowed.kind, unknown.agency_said) as name_built
    from unknown
    left join (select distinct agency_key from registered) as by_code on by_code.agency_key = unknown.stated_code
    left join by_name using (agency_said)
    left join narrowed
        on narrowed.site = unknown.site
        and narrowed.agency_said = unknown.agency_said
        and narrowed.report_year is not distinct from unknown.report_year
        and narrowed.stated_code is not distinct from unknown.stated_code
    left join by_region
        on by_region.region_code = narrowed.region_code and by_region.kind = narrowed.kind
)

select
    site,
    agency_said,
    report_year,
    stated_code,
    agency_key,
    case
        when agency_key is not null
            then coalesce((select min(agency_name) from registered where registered.agency_key = resolved.agency_key), name_built)
    end as agency_name,
    if(agency_key is null, null, evidence) as evidence,
    if(agency_key is null, null, kind) as agency_kind,
    case
        when agency_key is null or kind is null then null
        when regexp_matches(kind, '(街道|镇|乡|苏木)(人民政府|办事处|党政办公室)?$') then 'township'
        -- A zone, or a division that the lists do not have.
        when regexp_matches(kind, '^.{2,8}?(区|县|旗)') then null
        when ends_with(region_code, '0000') then 'province'
        when ends_with(region_code, '00') then 'prefecture'
        else 'county'
    end as admin_level,
    if(agency_key is null, null, region_code) as region_code,
    regions_possible
from resolved;
