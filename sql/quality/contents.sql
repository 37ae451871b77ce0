-- one row per report: by what it is held against other reports, as it was when it was last compared
create table if not exists quality.contents (
    report_id varchar not null,
    agency_key varchar not null,
    report_year integer not null,
    agency_kind varchar,
    admin_level varchar,
    document_sha256 varchar not null,
    reading varchar not null,
    content varchar not null,
    prose varchar, -- digest
    sketch varchar, -- of the prose, as quality.likeness measures it
    numbers ubigint, -- digest of table three
    nonzero_cells bigint, -- of table three
    received_total decimal(18, 6),
    is_all_zero boolean, -- null where a blank keeps anyone from telling
    measures varchar[], -- the rows' totals of table three and what tables two and four count
    figures decimal(18, 6)[] -- of the measures, in their order
);

delete from quality.contents where report_id in (select report_id from quality.to_compare);

insert into quality.contents by name
with compared as (
    select
        reports.report_id,
        reports.agency_key,
        reports.report_year,
        agencies.agency_kind,
        agencies.admin_level,
        reports.document_sha256,
        reports.reading,
        reports.content,
        documents.template
    from staging.reports as reports
    semi join quality.to_compare using (report_id)
    join staging.documents as documents using (document_sha256)
    join quality.agencies as agencies using (agency_key)
),

prose as (
    select
        document_sha256,
        any_value(value) filter (where kind = 'prose_digest') as prose,
        any_value(value) filter (where kind = 'prose_sketch') as sketch
    from staging.facts
    semi join compared using (document_sha256)
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
    semi join compared using (document_sha256)
),

tables as (
    select
        document_sha256,
        -- In one list: exclusive or over the columns would not see a change that is the same in two of them.
        hash(list(figures order by applicant_type)) as numbers,
        sum(len(list_filter(figures, lambda figure: figure <> 0)))::bigint as nonzero_cells,
        sum(list_count(figures)) as cells_known,
        max(received_new) filter (where applicant_type = 'total') as received_total
    from columns
    group by document_sha256
),

items as (
    select document_sha256, list(row_code order by row_code) as measures, list(total order by row_code) as figures
    from staging.application_items
    semi join compared using (document_sha256)
    where row_code <> 'other_undifferentiated'
    group by document_sha256
),

powers as (
    select
        document_sha256,
        list(item order by item) as measures,
        list(decisions order by item) as figures
    from staging.proactive
    semi join compared using (document_sha256)
    where decisions is not null
    group by document_sha256
),

channels as (
    select document_sha256, list(channel order by channel) as measures, list(total order by channel) as figures
    from staging.disputes
    semi join compared using (document_sha256)
    group by document_sha256
)

select
    compared.* exclude (template),
    prose.prose,
    prose.sketch,
    tables.numbers,
    tables.nonzero_cells,
    tables.received_total,
    case
        when tables.nonzero_cells > 0 then false
        when tables.cells_known = if(compared.template = '2021-30', 25, 23) * 7 then true
    end as is_all_zero,
    list_concat(items.measures, coalesce(powers.measures, []), channels.measures) as measures,
    list_concat(items.figures, coalesce(powers.figures, []), channels.figures) as figures
from compared
left join prose using (document_sha256)
left join tables using (document_sha256)
left join items using (document_sha256)
left join powers using (document_sha256)
left join channels using (document_sha256);
