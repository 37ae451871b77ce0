-- one row per address and document that it shows now and that is no report
create table mart.fct_unread (
    site varchar not null,
    document_sha256 varchar not null,
    source_url varchar not null,
    first_seen_at timestamp not null,
    kind varchar not null,
    message varchar not null
);

comment on table mart.fct_unread is 'One row per address and document that it shows now and that is no report: unreadable, another kind of page, or without agency or year.';
comment on column mart.fct_unread.site is 'Key of dim_sites';
comment on column mart.fct_unread.document_sha256 is 'SHA-256 of the stored bytes';
comment on column mart.fct_unread.source_url is 'Address that shows the document';
comment on column mart.fct_unread.first_seen_at is 'When the address first showed it, UTC';
comment on column mart.fct_unread.kind is 'Why it is no report: not_a_report, old_form, tables_are_images, encrypted, damaged, challenge_page, unsupported_format, undecodable, empty, agency_missing, year_missing; reader_failed: our own fault, and read again by the next version of the parser';
comment on column mart.fct_unread.message is 'What was seen, and what to do';

insert into mart.fct_unread by name
select * from quality.unread order by all;
