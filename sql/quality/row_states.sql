-- one row per report in judgement and row of the form: how many of its cells are what
create table if not exists quality.row_states (
    report_id varchar not null,
    template varchar not null,
    "table" varchar not null,
    item varchar not null,
    cells integer not null,
    numbers integer not null,
    zeros integer not null,
    blanks integer not null,
    applicant_cells integer not null, -- of table three, without the total; 0 elsewhere
    applicant_blanks integer not null,
    has_total boolean not null, -- its total is a number
    placeholders integer not null, -- / - — 无 不适用
    absent integer not null,
    run_together integer not null, -- several figures in one cell, and no telling them apart
    worked_out integer not null, -- from the sums of the form
    with_text integer not null, -- a number with a unit or a note
    spelled_otherwise integer not null -- a number in full-width digits, or with thousands separators
);

delete from quality.row_states;

-- The one long scan of a judgement: all that is asked of cells in general is counted here.
insert into quality.row_states by name
with cells as (
    select
        reports.report_id,
        reports.template,
        cells.* exclude (document_sha256),
        -- Most cells print a plain 0, and are spared the patterns.
        case
            when state <> 'number' or printed = '0' then false
            else not regexp_full_match(printed, '[+＋\-－−]?[0-9０-９,，]+([.．][0-9０-９]+)?')
        end as has_text,
        case
            when state <> 'number' or printed = '0' then false
            else regexp_matches(printed, '[０-９,，．]')
        end as is_spelled_otherwise
    from quality.to_judge as reports
    join staging.cells as cells using (document_sha256)
)

select
    report_id,
    template,
    "table",
    item,
    count(*) as cells,
    count(*) filter (where state = 'number') as numbers,
    count(*) filter (where value = 0) as zeros,
    count(*) filter (where state = 'blank') as blanks,
    count(*) filter (where "table" = 'applications' and "column" <> 'total') as applicant_cells,
    count(*) filter (where "table" = 'applications' and "column" <> 'total' and state = 'blank') as applicant_blanks,
    bool_or("column" = 'total' and state = 'number') as has_total,
    count(*) filter (where state = 'not_applicable') as placeholders,
    count(*) filter (where state = 'absent') as absent,
    count(*) filter (where state = 'ambiguous' and regexp_matches(printed, '[0-9]')) as run_together,
    count(*) filter (where resolved_by is not null) as worked_out,
    count(*) filter (where has_text) as with_text,
    count(*) filter (where is_spelled_otherwise) as spelled_otherwise
from cells
group by report_id, template, "table", item;
