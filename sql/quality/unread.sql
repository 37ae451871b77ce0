-- one row per address and document that it shows now and that is no report
create or replace view quality.unread as
with shown as (
    select seen.site, seen.url as source_url, seen.page_url, seen.seen_at as first_seen_at, documents.*
    from staging.sightings as seen
    join staging.documents as documents using (document_sha256)
    where seen.is_current
),

unreadable as (
    select site, document_sha256, source_url, page_url, first_seen_at, unread_kind as kind, unread_message as message
    from shown
    where unread_kind is not null
),

years_differ as (
    select document_sha256, any_value(message) as message
    from staging.issues
    where kind = 'years_differ'
    group by document_sha256
),

nameless as (
    select
        site,
        document_sha256,
        url as source_url,
        page_url,
        seen_at as first_seen_at,
        if(agency_key is null, 'agency_missing', 'year_missing') as kind,
        if(
            agency_key is null,
            'The document names no agency, and its site publishes for several.',
            coalesce(years_differ.message, 'The document does not say which year it reports on.')
        ) as message
    from staging.claims
    left join years_differ using (document_sha256)
    where is_current and report_id is null
),

-- Pages that are a report, or whose attachment is.
with_report as (
    select distinct coalesce(page_url, url) as page_url
    from staging.claims
    where is_current and report_id is not null
),

all_unread as (
    select * from unreadable
    union all
    select * from nameless
)

-- Around a report that is a file, a page without one is no trouble; nor is another file beside a report.
select site, document_sha256, source_url, first_seen_at, kind, message
from all_unread
where not (
    coalesce(page_url, source_url) in (select page_url from with_report)
    and (
        kind = 'not_a_report'
        or (page_url is null and kind in ('tables_are_images', 'empty', 'agency_missing', 'year_missing'))
    )
);
