-- one row per report in judgement and row of table three, and one for table four as a whole
create or replace view quality.printed_rows as
with applications as (
    select
        reports.report_id,
        reports.template,
        items.row_code as subject,
        nullif(rows.figures, 0) as figures,
        7 as figures_expected
    from quality.to_judge as reports
    join staging.application_items as items using (document_sha256)
    left join staging.printed_rows as rows
        on rows.document_sha256 = reports.document_sha256
        and rows."table" = 'applications'
        and rows.item = items.row_code
),

disputes as (
    select
        reports.report_id,
        reports.template,
        'disputes' as subject,
        nullif(sum(rows.figures), 0)::integer as figures,
        15 as figures_expected
    from quality.to_judge as reports
    left join staging.printed_rows as rows
        on rows.document_sha256 = reports.document_sha256
        and rows."table" = 'disputes'
    group by reports.report_id, reports.template
)

select * from applications
union all
select * from disputes;
