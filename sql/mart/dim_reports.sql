-- one row per report (agency, year): the current version
create table mart.dim_reports (
    report_id varchar not null,
    agency_key varchar not null,
    report_year integer not null,
    template varchar not null,
    title varchar,
    source_url varchar not null,
    page_url varchar,
    document_sha256 varchar not null,
    format varchar,
    period_start date,
    period_end date,
    published_on date,
    signed_on date,
    first_seen_at timestamp not null,
    fetched_at timestamp not null,
    version integer not null,
    cells_read integer not null,
    cells_not_read integer not null,
    errors_failing integer not null,
    warnings_failing integer not null,
    agency_evidence varchar not null,
    agency_confidence varchar not null,
    year_evidence varchar not null,
    site varchar not null,
    parser_version varchar not null
);

comment on table mart.dim_reports is 'One row per report (agency, year), in the version that its address shows now, as printed. Reports whose sums disagree are here too, with errors_failing beside them.';
comment on column mart.dim_reports.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.dim_reports.agency_key is 'Key of dim_agencies';
comment on column mart.dim_reports.report_year is 'Year reported on';
comment on column mart.dim_reports.template is 'Template of the form, told from its labels: 2021-30 or 2019-60. Table two of one is not comparable with the other';
comment on column mart.dim_reports.title is 'Title as printed';
comment on column mart.dim_reports.source_url is 'Address of the document: a page, or a file that a page links to; where several addresses show the report, the one seen first';
comment on column mart.dim_reports.page_url is 'Address of the page that links to the document; null when the document is the page';
comment on column mart.dim_reports.document_sha256 is 'SHA-256 of the stored bytes that the cells and dates are read from';
comment on column mart.dim_reports.format is 'html, text, markdown, docx, doc, pdf, xlsx or xls';
comment on column mart.dim_reports.period_start is 'First day of the period, as stated';
comment on column mart.dim_reports.period_end is 'Last day of the period, as stated';
comment on column mart.dim_reports.published_on is 'Date of publication as the page states it; null when it does not';
comment on column mart.dim_reports.signed_on is 'Date of the signature; null when there is none';
comment on column mart.dim_reports.first_seen_at is 'When the first version was first fetched, UTC';
comment on column mart.dim_reports.fetched_at is 'When the bytes of document_sha256 were first fetched, UTC';
comment on column mart.dim_reports.version is 'From 1; another one for each change of content, also when an earlier content comes back';
comment on column mart.dim_reports.cells_read is 'Cells of the form with a number';
comment on column mart.dim_reports.cells_not_read is 'The rest of the cells of the template: blank, not applicable, unreadable, ambiguous or absent';
comment on column mart.dim_reports.errors_failing is 'Failing outcomes of severity error';
comment on column mart.dim_reports.warnings_failing is 'Failing outcomes of severity warning';
comment on column mart.dim_reports.agency_evidence is 'How the agency was found: name (as the site file states it), name_ending (printed without its parent), site (none printed, the site has one agency), list title (a file that prints none, the link to its page on the list does), credit_code (its 统一社会信用代码 is printed or in the address), registry (another site''s file states the name), full_name (the name says its city or province), host_region (the name may mean several, the place of the site decides), unique_name (no other division has the name), printed (not resolved: see unresolved_agencies)';
comment on column mart.dim_reports.agency_confidence is 'high (name, credit_code, registry, full_name), medium (name_ending, site, list title, host_region), low (unique_name), none (printed)';
comment on column mart.dim_reports.year_evidence is 'How the year was found: document, list title (a file that prints none, the link to its page on the list does)';
comment on column mart.dim_reports.site is 'Name of the site file';
comment on column mart.dim_reports.parser_version is 'Version of the parser that read the document';

insert into mart.dim_reports by name
with failing as (
    select
        report_id,
        count(*) filter (where severity = 'error') as errors_failing,
        count(*) filter (where severity = 'warning') as warnings_failing
    from quality.rule_outcomes
    where status = 'fail'
    group by report_id
),

first_versions as (
    select report_id, first_seen_at from staging.report_versions where version = 1
)

select
    reports.* exclude (first_seen_at, is_current, agency_name, content, reading),
    case
        when reports.agency_evidence in ('name', 'credit_code', 'registry', 'full_name') then 'high'
        when reports.agency_evidence in ('name_ending', 'site', 'list title', 'host_region') then 'medium'
        when reports.agency_evidence = 'unique_name' then 'low'
        when reports.agency_evidence = 'printed' then 'none'
    end as agency_confidence,
    first_versions.first_seen_at,
    documents.template,
    documents.title,
    documents.format,
    documents.period_start,
    documents.period_end,
    documents.published_on,
    documents.signed_on,
    documents.cells_read,
    documents.cells_not_read,
    documents.parser_version,
    coalesce(failing.errors_failing, 0) as errors_failing,
    coalesce(failing.warnings_failing, 0) as warnings_failing
from staging.reports as reports
join staging.documents as documents using (document_sha256)
join first_versions using (report_id)
left join failing using (report_id)
order by report_id;
