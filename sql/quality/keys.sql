-- one row per report in judgement: by what its agency, its year and its place of publication are known
create or replace view quality.keys as
with shown as (
    select
        document_sha256,
        count(distinct value) filter (where kind = 'year') as years_named,
        max(value) filter (where kind = 'credit_code') as labelled,
        max(value) filter (where kind = 'credit_code_wrong') as labelled_wrong,
        max(value) filter (where kind = 'index_code') as of_index
    from staging.facts
    semi join quality.to_judge using (document_sha256)
    group by document_sha256
),

-- Where the agencies of a site are, each with the regions above it taken as they are.
places as (
    select
        site,
        list(distinct regexp_replace(regexp_replace(region_code, '0000$', ''), '00$', '')) as regions_of_site
    from raw.agencies
    where region_code is not null
    group by site
),

described as (
    select
        judged.report_id,
        judged.template,
        reports.agency_key,
        reports.agency_evidence,
        reports.source_url,
        places.regions_of_site,
        regexp_extract(reports.source_url, '^[a-z]+://([^/:]+)', 1) as host,
        coalesce(sites.verified, false) as is_verified,
        agencies.region_code,
        nullif(shown.years_named, 0) as years_named,
        shown.labelled_wrong,
        shown.of_index,
        coalesce(shown.labelled, of_agency.credit_code, of_address.credit_code) as stated_code
    from quality.to_judge as judged
    join staging.reports as reports using (report_id)
    join quality.agencies as agencies on agencies.agency_key = reports.agency_key
    left join raw.sites as sites using (site)
    left join places using (site)
    left join shown on shown.document_sha256 = reports.document_sha256
    left join raw.credit_codes as of_agency on of_agency.credit_code = reports.agency_key and of_agency.is_valid
    left join raw.credit_codes as of_address
        on of_address.is_valid
        and of_address.credit_code
            = regexp_extract(reports.source_url, '(^|[^0-9A-Za-z])([0-9A-Z]{18})([^0-9A-Za-z]|$)', 2)
)

select
    described.report_id,
    template,
    years_named,
    if(agency_evidence = 'printed', 0, 1) as is_known_agency,
    (agency_evidence in ('name', 'registry', 'full_name'))::integer as is_named_in_full,
    -- A host without a dot, or on this machine, is no public address: nothing is to be said of it.
    case
        when host not like '%.%' or regexp_full_match(host, '127\..*|localhost\..*') then null
        else (ends_with(host, '.gov.cn') or is_verified)::integer
    end as is_official_host,
    case when labelled_wrong is not null then 0 when coalesce(stated_code, of_index) is not null then 1 end
        as has_right_code,
    left(stated_code, 2)::varchar as code_type,
    case
        when region_code is not null and coalesce(stated_code, of_index) is not null
            then (substr(coalesce(stated_code, of_index), 3, 6) in (
                region_code, left(region_code, 4) || '00', left(region_code, 2) || '0000'
            ))::integer
    end as has_code_of_region,
    names.regions_possible,
    -- A name may stand for several regions: one that fits is enough. The site's file says which regions it publishes for,
    -- the document names its own.
    case
        when host not like '%.%' or regexp_full_match(host, '127\..*|localhost\..*') then null
        when regions_of_site is null then null
        else (len(list_filter(
            names.regions_named,
            lambda named: len(list_filter(regions_of_site, lambda place: starts_with(named, place))) > 0
        )) > 0)::integer
    end as is_of_host_region,
    names.is_sure
from described
left join quality.names as names using (report_id);
