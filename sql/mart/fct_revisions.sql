-- one row per cell that changed between two versions of a report
create table mart.fct_revisions (
    report_id varchar not null,
    from_version integer not null,
    to_version integer not null,
    "table" varchar not null,
    item varchar not null,
    "column" varchar not null,
    before decimal(18, 6),
    after decimal(18, 6),
    before_state varchar,
    after_state varchar,
    seen_at timestamp not null
);

comment on table mart.fct_revisions is 'One row per cell that changed between two successive versions of a report, in value or in state. A version is new when its cells say something else: changed prose alone makes none, and neither does a better reading of the same bytes (publication.changed_cells has those).';
comment on column mart.fct_revisions.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_revisions.from_version is 'The earlier version';
comment on column mart.fct_revisions.to_version is 'The later version';
comment on column mart.fct_revisions."table" is 'proactive (table two), applications (three) or disputes (four)';
comment on column mart.fct_revisions.item is 'Row of the table';
comment on column mart.fct_revisions."column" is 'Column of the table';
comment on column mart.fct_revisions.before is 'Value in the earlier version; null when it had none';
comment on column mart.fct_revisions.after is 'Value in the later version; null when it has none';
comment on column mart.fct_revisions.before_state is 'State in the earlier version; null when its template has no such cell';
comment on column mart.fct_revisions.after_state is 'State in the later version; null when its template has no such cell';
comment on column mart.fct_revisions.seen_at is 'When the later version was first fetched, UTC';

insert into mart.fct_revisions by name
with steps as (
    select
        later.report_id,
        earlier.version as from_version,
        later.version as to_version,
        earlier.document_sha256 as document_before,
        later.document_sha256 as document_after,
        later.first_seen_at as seen_at
    from staging.report_versions as later
    join staging.report_versions as earlier
        on earlier.report_id = later.report_id and earlier.version = later.version - 1
),

sides as (
    select *, 'before' as side, document_before as document_sha256 from steps
    union all
    select *, 'after', document_after from steps
),

compared as (
    select
        sides.report_id,
        sides.from_version,
        sides.to_version,
        cells."table",
        cells.item,
        cells."column",
        max(cells.value) filter (where side = 'before') as before,
        max(cells.value) filter (where side = 'after') as after,
        max(cells.state) filter (where side = 'before') as before_state,
        max(cells.state) filter (where side = 'after') as after_state,
        sides.seen_at
    from sides
    join staging.cells as cells using (document_sha256)
    group by all
)

select * from compared
where before is distinct from after or before_state is distinct from after_state
order by report_id, to_version, "table", item, "column";
