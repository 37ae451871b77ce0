-- one row per cell that says something else than in the publication before
create table publication.changed_cells (
    report_id varchar not null,
    "table" varchar not null,
    item varchar not null,
    "column" varchar not null,
    before decimal(18, 6),
    after decimal(18, 6),
    before_state varchar,
    after_state varchar,
    why varchar not null
);

comment on table publication.changed_cells is 'One row per cell that says something else than in the publication before, with the reason. Reports that are new or gone are not in it.';
comment on column publication.changed_cells.report_id is 'Key of mart.dim_reports';
comment on column publication.changed_cells."table" is 'As in mart.fct_cells';
comment on column publication.changed_cells.item is 'As in mart.fct_cells';
comment on column publication.changed_cells."column" is 'As in mart.fct_cells';
comment on column publication.changed_cells.before is 'The number in the publication before';
comment on column publication.changed_cells.after is 'The number now';
comment on column publication.changed_cells.before_state is 'Its state in the publication before';
comment on column publication.changed_cells.after_state is 'Its state now';
comment on column publication.changed_cells.why is 'page: other bytes are the report now; parser <version> → <version>: the same bytes are read otherwise';

insert into publication.changed_cells by name
with said_otherwise as (
    select
        report_id,
        if(
            now.document_sha256 <> before.document_sha256,
            'page',
            'parser ' || before.parser_version || ' → ' || now.parser_version
        ) as why
    from publication.reports as now
    semi join part.touched using (report_id)
    join last.publication.reports as before using (report_id)
    where now.content <> before.content
),

before as (
    select cells.*, why
    from cells_before as cells
    join said_otherwise using (report_id)
),

now as (
    select cells.*, why
    from cells_now as cells
    join said_otherwise using (report_id)
)

select
    report_id,
    "table",
    item,
    "column",
    before.value as before,
    now.value as after,
    before.state as before_state,
    now.state as after_state,
    why
from before
full join now using (report_id, "table", item, "column", why)
where before.value is distinct from now.value or before.state is distinct from now.state
order by all;
