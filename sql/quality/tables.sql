-- one row per report in judgement and table of the form
create or replace view quality.tables as
select
    report_id,
    template,
    "table",
    if(sum(absent) = sum(cells), null, sum(zeros)) as zeros,
    sum(blanks) as blanks
from quality.row_states
group by report_id, template, "table";
