-- one row per report in judgement: which tables and rows of the form it prints, and how often
create or replace view quality.structure as
with copies as (
    unpivot (
        select
            document_sha256,
            copies_proactive as proactive,
            copies_applications as applications,
            copies_disputes as disputes
        from staging.documents
        semi join quality.to_judge using (document_sha256)
    )
    on proactive, applications, disputes
    into name "table" value times
),

-- A cell in which two copies differ is ambiguous.
doubtful as (
    select distinct document_sha256, "table"
    from staging.cells
    semi join quality.to_judge using (document_sha256)
    where state = 'ambiguous'
),

tables as (
    select
        copies.document_sha256,
        count(*) filter (where times = 1 or (times > 1 and doubtful."table" is null)) as tables_agreeing,
        max(times) as most_copies,
        bool_or(copies."table" = 'applications' and times > 0) as has_applications
    from copies
    left join doubtful using (document_sha256, "table")
    group by copies.document_sha256
),

items as (
    select
        items.document_sha256,
        count(*) as rows_expected,
        count(*) filter (where rows.times = 1) as rows_printed_once
    from staging.application_items as items
    semi join quality.to_judge using (document_sha256)
    left join staging.printed_rows as rows
        on rows.document_sha256 = items.document_sha256
        and rows."table" = 'applications'
        and rows.item = items.row_code
    group by items.document_sha256
)

select
    reports.report_id,
    reports.template,
    tables.tables_agreeing,
    tables.most_copies,
    items.rows_expected,
    -- Without table three there are no rows to count; that it is missing is said by S-TABLES.
    if(tables.has_applications, items.rows_printed_once, null) as rows_printed_once
from quality.to_judge as reports
join tables using (document_sha256)
join items using (document_sha256);
