-- one row per sighting of a document that could be read, with the agency and year that it claims
create table if not exists staging.claims (
    site varchar not null,
    url varchar not null,
    page_url varchar, -- the page that links to the document; null when the document is the page
    seen_at timestamp not null,
    is_current boolean not null,
    document_sha256 varchar not null,
    content varchar not null,
    reading varchar not null,
    agency_printed varchar,
    agency_key varchar, -- null when the document names no agency and the site does not decide
    agency_name varchar,
    agency_evidence varchar, -- name, name_ending, list title, site; printed: a name that no site file knows
    report_year integer,
    year_evidence varchar, -- document, list title
    report_id varchar -- null without agency or year: not a report, and nothing is guessed
);

delete from staging.claims;

insert into staging.claims by name
with years_printed as (
    select distinct document_sha256, try_cast(value as integer) as printed_year
    from staging.facts
    where kind = 'year'
),

read as (
    select
        seen.*,
        documents.content,
        documents.reading,
        nullif(trim(documents.agency_printed), '') as agency_printed,
        -- What a file does not print the list may say of its page; what it prints is never overruled.
        coalesce(nullif(trim(documents.agency_printed), ''), titles.agency_named) as agency_said,
        -- Of two years that a document prints itself, the list may also say which is meant.
        coalesce(documents.report_year, years_printed.printed_year, titles.report_year) as report_year,
        case
            when documents.report_year is not null then 'document'
            when coalesce(years_printed.printed_year, titles.report_year) is not null then 'list title'
        end as year_evidence
    from staging.sightings as seen
    join staging.documents as documents using (document_sha256)
    left join raw.list_titles as titles
        on titles.site = seen.site and titles.page_url = seen.page_url
    left join raw.list_titles as links
        on links.site = seen.site and links.page_url = coalesce(seen.page_url, seen.url)
    left join years_printed
        on years_printed.document_sha256 = seen.document_sha256
        and years_printed.printed_year = links.report_year
    where documents.unread_kind is null
),

said_names as (
    select distinct site, agency_said from read
),

-- 惠济区医疗保障局 stands for 郑州市惠济区医疗保障局 on a site that publishes the latter.
candidates as (
    select
        names.site,
        names.agency_said,
        agencies.agency_key,
        agencies.agency_name,
        agencies.agency_name = names.agency_said as is_exact
    from said_names as names
    join raw.agencies as agencies
        on agencies.site = names.site
        and ends_with(agencies.agency_name, names.agency_said)
),

known as (
    select
        site,
        agency_said,
        arg_max(agency_key, is_exact) as agency_key,
        arg_max(agency_name, is_exact) as agency_name,
        if(bool_or(is_exact), 'name', 'name_ending') as evidence
    from candidates
    group by all
    having bool_or(is_exact) or count(*) = 1
),

only_agency as (
    select site, any_value(agency_key) as agency_key, any_value(agency_name) as agency_name
    from raw.agencies
    group by site
    having count(*) = 1
),

resolved as (
    select
        read.*,
        case
            when known.agency_key is not null then known.agency_key
            when read.agency_printed is not null then 'name:' || read.agency_printed
            else only_agency.agency_key
        end as agency_key,
        case
            when known.agency_key is not null then known.agency_name
            when read.agency_printed is not null then read.agency_printed
            else only_agency.agency_name
        end as agency_name,
        case
            when known.agency_key is not null and read.agency_printed is null then 'list title'
            when known.agency_key is not null then known.evidence
            when read.agency_printed is not null then 'printed'
            when only_agency.agency_key is not null then 'site'
        end as agency_evidence
    from read
    left join known
        on known.site = read.site and known.agency_said = read.agency_said
    left join only_agency on only_agency.site = read.site
)

select
    site,
    url,
    page_url,
    seen_at,
    is_current,
    document_sha256,
    content,
    reading,
    agency_printed,
    agency_key,
    agency_name,
    agency_evidence,
    report_year,
    year_evidence,
    agency_key || '-' || report_year as report_id
from resolved;
