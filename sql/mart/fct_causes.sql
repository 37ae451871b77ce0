-- one row per cause found in a report
create table mart.fct_causes (
    cause_id varchar not null,
    report_id varchar not null,
    kind varchar not null,
    cells varchar[] not null,
    printed varchar[] not null,
    suggested varchar[] not null,
    explanation varchar not null,
    explanation_zh varchar not null,
    is_reading_suspect boolean not null
);

comment on table mart.fct_causes is 'One row per cause found in a report: the fewest (least weighted) cells whose change would satisfy its failing sums (T3-ROW-SUM, T3-OUTCOME-SUM, T3-BALANCE, T4-ROW-SUM). Suggestions never enter the facts.';
comment on column mart.fct_causes.cause_id is 'Key; the same on every night while report, cells, printed and suggested are';
comment on column mart.fct_causes.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_causes.kind is 'What may have gone wrong: total_left_zero, total, component, digit_dropped, digit_doubled, digits_transposed, swapped, next_column, next_row, carries_exchanged, totals_not_kept, several joined by +; undecided: other explanations are about as light; unexplained: none was found';
comment on column mart.fct_causes.cells is 'The cells that are probably wrong, table.item.column each (not all cells of the sum); of an undecided cause those of every explanation found. To join: unnest them, and split_part by the dot gives "table", item and "column" of fct_cells';
comment on column mart.fct_causes.printed is 'What they print, in the same order';
comment on column mart.fct_causes.suggested is 'What they would have to say, in the same order; null where that cannot be decided';
comment on column mart.fct_causes.explanation is 'One sentence for the agency, in English';
comment on column mart.fct_causes.explanation_zh is 'One sentence for the agency, in Chinese';
comment on column mart.fct_causes.is_reading_suspect is 'Whether the figures come from a weak reading: look at our reading before the agency''s table';

insert into mart.fct_causes by name
select causes.*
from quality.causes as causes
semi join mart.fct_rule_outcomes using (report_id, cause_id)
order by report_id, cause_id;
