-- one row per address and document that it shows now and that is no report
create or replace view quality.unread as
with shown as (
    select seen.url as source_url, seen.seen_at as first_seen_at, documents.*
    from staging.sightings as seen
    join staging.documents as documents using (document_sha256)
    where seen.is_current
),

unreadable as (
    select document_sha256, source_url, first_seen_at, unread_kind as kind, unread_message as message
    from shown
    where unread_kind is not null
),

nameless as (
    select
        document_sha256,
        url as source_url,
        seen_at as first_seen_at,
        if(agency_key is null, 'agency_missing', 'year_missing') as kind,
        if(
            agency_key is null,
            'The document names no agency, and its site publishes for several.',
            'The document does not say which year it reports on.'
        ) as message
    from staging.claims
    where is_current and report_id is null
)

select * from unreadable
union all
select * from nameless;
