-- one row per report: its current version, and the report of the same agency a year before
create or replace view quality.reports as
select
    reports.*,
    documents.template,
    documents.agency_printed,
    documents.period_start,
    documents.period_end,
    documents.published_on,
    documents.signed_on,
    before.document_sha256 as document_before,
    before.content as content_before,
    documents_before.template as template_before
from staging.reports as reports
join staging.documents as documents using (document_sha256)
left join staging.reports as before
    on before.agency_key = reports.agency_key and before.report_year = reports.report_year - 1
left join staging.documents as documents_before
    on documents_before.document_sha256 = before.document_sha256;
