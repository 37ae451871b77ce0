-- one row per table of the mart
create table publication.tables (
    table_name varchar not null,
    row_count bigint not null,
    row_hashes hugeint not null
);

comment on table publication.tables is 'One row per table of the mart: how much is in it.';
comment on column publication.tables.table_name is 'Its name in schema mart';
comment on column publication.tables.row_count is 'Its rows';
comment on column publication.tables.row_hashes is 'Sum of the hashes of its rows: the same in whatever order they stand';
