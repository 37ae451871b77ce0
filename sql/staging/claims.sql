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
    agency_evidence varchar, -- name, name_ending, list title, site, or that of agencies_found; printed: not resolved
    report_year integer,
    year_evidence varchar, -- document, list title
    report_id varchar -- null without agency or year: not a report, and nothing is guessed
);

-- Of what these addresses claimed until now, and of what they claim now, the versions are worked out anew.
insert into touched_reports
select report_id from staging.claims semi join touched using (url) where report_id is not null;

delete from staging.claims where url in (select url from touched);

insert into staging.claims by name
with only_agency as (
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
            when found.agency_key is not null then found.agency_key
            when read.agency_printed is not null then 'name:' || read.agency_printed || '@' || read.site
            else only_agency.agency_key
        end as agency_key,
        case
            when known.agency_key is not null then known.agency_name
            when found.agency_key is not null then found.agency_name
            when read.agency_printed is not null then read.agency_printed
            else only_agency.agency_name
        end as agency_name,
        case
            when coalesce(known.agency_key, found.agency_key) is not null and read.agency_printed is null then 'list title'
            when known.agency_key is not null then known.evidence
            when found.agency_key is not null then found.evidence
            when read.agency_printed is not null then 'printed'
            when only_agency.agency_key is not null then 'site'
        end as agency_evidence
    from staging.readings as read
    semi join touched on touched.url = read.url
    left join staging.known_names as known
        on known.site = read.site and known.agency_said = read.agency_said
    left join staging.agencies_found as found
        on found.site = read.site
        and found.agency_said = read.agency_said
        and found.report_year is not distinct from read.report_year
        and found.stated_code is not distinct from read.stated_code
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

insert into touched_reports
select report_id from staging.claims semi join touched using (url) where report_id is not null;
