-- one row per document and cell of the form, as printed
create table if not exists staging.cells (
    document_sha256 varchar not null,
    "table" varchar not null,
    item varchar not null,
    "column" varchar not null,
    value decimal(18, 6), -- null unless the state is number
    state varchar not null,
    printed varchar,
    resolved_by varchar,
    source varchar
);

delete from staging.cells where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.cells by name
select * from fresh_cells;
