-- one row per document and row of the form that it prints
create table if not exists staging.printed_rows (
    document_sha256 varchar not null,
    "table" varchar not null,
    item varchar not null,
    times integer not null, -- within one copy of the body
    figures integer not null -- value cells in it, blank ones included
);

delete from staging.printed_rows where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.printed_rows by name
select * from fresh_rows;
