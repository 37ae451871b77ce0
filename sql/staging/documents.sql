-- one row per document that was parsed, whether it became a report or not
create table if not exists staging.documents (
    document_sha256 varchar not null,
    parser_version varchar not null,
    format varchar,
    unread_kind varchar, -- null for a report
    unread_message varchar,
    template varchar,
    agency_printed varchar,
    report_year integer,
    title varchar,
    period_start date,
    period_end date,
    published_on date,
    signed_on date,
    copies_proactive integer, -- how often the document prints each table
    copies_applications integer,
    copies_disputes integer,
    cells_read integer,
    cells_not_read integer,
    content varchar, -- digest of what the cells say: another one is another version of the report
    reading varchar -- digest of everything that was read: another one is judged anew
);

delete from staging.documents where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.documents by name
select * from fresh_documents;
