-- one row per report in judgement and row that blanks can be asked about: those of table three, and table four as a whole
create or replace view quality.rows as
with asked as (
    select * from quality.row_states where "table" = 'applications'
    union all by name
    select
        report_id,
        template,
        "table",
        'disputes' as item,
        sum(cells) as cells,
        sum(numbers) as numbers,
        sum(blanks) as blanks,
        0 as applicant_cells,
        0 as applicant_blanks,
        false as has_total,
        sum(absent) as absent
    from quality.row_states
    where "table" = 'disputes'
    group by report_id, template, "table"
)

select
    report_id,
    template,
    "table",
    item,
    has_total,
    -- A row that the document does not print is neither blank nor filled; S-ROWS and S-TABLES say that it is missing.
    if(absent = cells, null, cells) as cells,
    blanks,
    applicant_cells,
    applicant_blanks,
    sum(numbers) over (partition by report_id) > 0 as is_filled_elsewhere
from asked;
