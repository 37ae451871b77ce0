-- one row per address that a site's list names as a report, and report that it shows: what came of it
create or replace view quality.addresses as
with named as (
    select
        site,
        url,
        min(fetched_at) as first_seen_at,
        arg_max(outcome, fetched_at) as outcome
    from raw.fetches
    where taken_for = 'report'
    group by site, url
),

-- A report that is a file stands under the address of its page.
shown as (
    select seen.site, coalesce(seen.page_url, seen.url) as url, documents.unread_kind
    from staging.sightings as seen
    join staging.documents as documents using (document_sha256)
    where seen.is_current and documents.unread_kind is not null
),

unread as (
    select site, url, min(unread_kind) as unread_kind
    from shown
    group by site, url
),

claims as (
    select
        site,
        coalesce(page_url, url) as url,
        report_id,
        any_value(agency_key) as agency_key,
        any_value(report_year) as report_year,
        any_value(agency_evidence) as agency_evidence
    from staging.claims
    where is_current
    group by all
),

reports as (
    select * from claims where report_id is not null
),

nameless as (
    select site, url, min(if(agency_key is null, 'agency_missing', 'year_missing')) as nameless_kind
    from claims
    where report_id is null
    group by site, url
)

select
    named.site,
    named.url,
    titles.title,
    titles.agency_named,
    titles.report_year as year_named,
    named.first_seen_at,
    reports.report_id,
    reports.agency_key,
    reports.report_year,
    reports.agency_evidence,
    case
        when reports.report_id is not null then 'report'
        else coalesce(nameless.nameless_kind, unread.unread_kind, if(named.outcome in ('stored', 'unchanged'), 'not_parsed', named.outcome))
    end as came_of_it
from named
left join raw.list_titles as titles
    on titles.site = named.site and titles.page_url = named.url
left join reports on reports.site = named.site and reports.url = named.url
left join nameless on nameless.site = named.site and nameless.url = named.url
left join unread on unread.site = named.site and unread.url = named.url;
