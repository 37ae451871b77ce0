-- one row per document and thing in it that could not be read, or only with a reservation
create table if not exists staging.issues (
    document_sha256 varchar not null,
    kind varchar not null,
    where_in_document varchar not null,
    message varchar not null
);

delete from staging.issues where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.issues by name
select * from fresh_issues;
