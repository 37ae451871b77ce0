-- one row per report or document and thing that could not be read, or only with a reservation
create table mart.fct_issues (
    report_id varchar,
    document_sha256 varchar not null,
    source_url varchar not null,
    kind varchar not null,
    where_in_document varchar not null,
    message varchar not null
);

comment on table mart.fct_issues is 'One row per report or document and thing that could not be read, or only with a reservation.';
comment on column mart.fct_issues.report_id is 'Key of dim_reports; null for a document that is no report';
comment on column mart.fct_issues.document_sha256 is 'SHA-256 of the stored bytes';
comment on column mart.fct_issues.source_url is 'Address that shows the document';
comment on column mart.fct_issues.kind is 'One word for what it is';
comment on column mart.fct_issues.where_in_document is 'Place in the document, as fct_cells.source says it';
comment on column mart.fct_issues.message is 'What was seen';

insert into mart.fct_issues by name
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
    from mart.fct_unread as unread
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
    from mart.fct_unread
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
select * from other_addresses
order by all;
