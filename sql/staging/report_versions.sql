-- one row per report (agency, year) and version: the distinct contents that its address showed, one after another
create table if not exists staging.report_versions (
    report_id varchar not null,
    version integer not null, -- from 1; an earlier content that comes back is another version
    is_current boolean not null,
    agency_key varchar not null,
    agency_name varchar not null,
    agency_evidence varchar not null,
    report_year integer not null,
    year_evidence varchar not null,
    site varchar not null,
    source_url varchar not null,
    page_url varchar, -- the page that links to the document; null when the document is the page
    document_sha256 varchar not null, -- the bytes that the version's cells and dates are read from
    content varchar not null,
    reading varchar not null,
    first_seen_at timestamp not null, -- this version
    fetched_at timestamp not null -- the bytes
);

delete from staging.report_versions where report_id in (select report_id from touched_reports);

insert into staging.report_versions by name
with claims as (
    select * from staging.claims semi join touched_reports using (report_id)
),

-- Of several addresses that show the same report the first seen one counts: a page before its attachments.
sources as (
    select report_id, arg_min(url, (seen_at, page_url is not null, url)) as url
    from claims
    group by report_id
),

compared as (
    select
        claims.*,
        claims.content is distinct from lag(claims.content) over report as is_new_content,
        claims.reading is distinct from lag(claims.reading) over report as is_new_reading
    from claims
    join sources using (report_id, url)
    window report as (partition by report_id order by seen_at, document_sha256)
),

numbered as (
    select
        *,
        sum(is_new_content::integer) over report as version
    from compared
    window report as (partition by report_id order by seen_at, document_sha256)
),

versions as (
    -- A page whose furniture changes every night keeps the bytes that first said what it says.
    select
        report_id,
        version::integer as version,
        any_value(agency_key) as agency_key,
        arg_max(agency_name, seen_at) as agency_name,
        arg_max(agency_evidence, seen_at) as agency_evidence,
        any_value(report_year) as report_year,
        arg_max(year_evidence, seen_at) as year_evidence,
        arg_max(site, seen_at) as site,
        any_value(url) as source_url,
        arg_max(page_url, seen_at) as page_url,
        arg_max(document_sha256, seen_at) filter (where is_new_reading) as document_sha256,
        any_value(content) as content,
        arg_max(reading, seen_at) filter (where is_new_reading) as reading,
        min(seen_at) as first_seen_at,
        max(seen_at) filter (where is_new_reading) as fetched_at
    from numbered
    group by report_id, version
)

select
    report_id,
    version,
    version = max(version) over (partition by report_id) as is_current,
    agency_key,
    agency_name,
    agency_evidence,
    report_year,
    year_evidence,
    site,
    source_url,
    page_url,
    document_sha256,
    content,
    reading,
    first_seen_at,
    fetched_at
from versions;
