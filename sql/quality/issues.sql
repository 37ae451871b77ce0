-- one row per report or document and thing that could not be read, or only with a reservation
create or replace view quality.issues as
with of_reports as (
    select
        reports.report_id,
        reports.document_sha256,
        reports.source_url,
        issues.kind,
        issues.where_in_document,
        issues.message
    from staging.reports as reports
    join staging.issues as issues using (document_sha256)
),

of_documents as (
    select
        null as report_id,
        unread.document_sha256,
        unread.source_url,
        issues.kind,
        issues.where_in_document,
        issues.message
    from quality.unread as unread
    join staging.issues as issues using (document_sha256)
),

nameless as (
    select
        null as report_id,
        document_sha256,
        source_url,
        kind,
        'document' as where_in_document,
        message
    from quality.unread
    where kind in ('agency_missing', 'year_missing')
),

unknown_agencies as (
    select
        report_id,
        document_sha256,
        source_url,
        'agency_unknown' as kind,
        'document' as where_in_document,
        'The report names ' || agency_name || '; the site ' || site || ' lists no such agency.' as message
    from staging.reports
    where agency_evidence = 'printed'
),

-- The first seen address counts; another one is worth a look when it says something else.
other_addresses as (
    select
        reports.report_id,
        claims.document_sha256,
        claims.url as source_url,
        'two_addresses' as kind,
        'document' as where_in_document,
        'Other figures than at ' || reports.source_url || ', the address that was seen first and counts.'
            as message
    from staging.claims as claims
    join staging.reports as reports using (report_id)
    where claims.is_current and claims.url <> reports.source_url and claims.content <> reports.content
)

select * from of_reports
union all
select * from of_documents
union all
select * from nameless
union all
select * from unknown_agencies
union all
select * from other_addresses;
