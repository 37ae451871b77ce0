-- one row per cause found in a report
create table mart.fct_causes (
    cause_id varchar not null,
    report_id varchar not null,
    cells varchar[] not null,
    printed varchar[] not null,
    suggested varchar[] not null,
    explanation varchar not null
);

comment on table mart.fct_causes is 'One row per cause found in a report: the fewest cells whose change would satisfy its failing rules. Suggestions never enter the facts.';
comment on column mart.fct_causes.cause_id is 'Key, unique over all reports';
comment on column mart.fct_causes.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_causes.cells is 'The cells, table.item.column each';
comment on column mart.fct_causes.printed is 'What they print, in the same order';
comment on column mart.fct_causes.suggested is 'What they would have to say, in the same order; null where that cannot be decided';
comment on column mart.fct_causes.explanation is 'One sentence for the agency';

insert into mart.fct_causes by name
select
    null::varchar as cause_id,
    null::varchar as report_id,
    null::varchar[] as cells,
    null::varchar[] as printed,
    null::varchar[] as suggested,
    null::varchar as explanation
where false;
