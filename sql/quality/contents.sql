-- one row per report: digests by which the same prose or the same table three is known elsewhere
create or replace view quality.contents as
with prose as (
    select
        document_sha256,
        any_value(value) filter (where kind = 'prose_digest') as prose,
        any_value(value) filter (where kind = 'prose_sketch') as sketch
    from staging.facts
    where kind in ('prose_digest', 'prose_sketch')
    group by document_sha256
),

columns as (
    select
        document_sha256,
        applicant_type,
        received_new,
        list_value(*columns(* exclude (document_sha256, applicant_type))) as figures
    from staging.applications
),

tables as (
    select
        document_sha256,
        bit_xor(hash(applicant_type, figures)) as numbers,
        sum(len(list_filter(figures, lambda figure: figure <> 0))) as nonzero_cells,
        sum(list_count(figures)) as cells_known,
        max(received_new) filter (where applicant_type = 'total') as received_total
    from columns
    group by document_sha256
)

select
    reports.report_id,
    reports.agency_key,
    reports.report_year,
    reports.content,
    prose.prose,
    prose.sketch,
    tables.numbers,
    tables.nonzero_cells,
    tables.received_total,
    case
        when tables.nonzero_cells > 0 then false
        when tables.cells_known = if(documents.template = '2021-30', 25, 23) * 7 then true
    end as is_all_zero -- null where a blank keeps anyone from telling
from staging.reports as reports
join staging.documents as documents using (document_sha256)
left join prose using (document_sha256)
left join tables using (document_sha256);
