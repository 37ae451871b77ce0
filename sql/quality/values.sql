-- one row per report in judgement: how its cells are printed
create or replace view quality.values as
select
    report_id,
    template,
    nullif(sum(cells) - sum(absent), 0) as cells_printed,
    sum(blanks) as blanks,
    sum(placeholders) as placeholders,
    sum(with_text) as with_text,
    sum(run_together) as run_together,
    sum(worked_out) as worked_out
from quality.row_states
group by report_id, template;
