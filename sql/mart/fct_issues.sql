-- one row per report or document and thing that could not be read, or only with a reservation
create table mart.fct_issues (
    report_id varchar,
    document_sha256 varchar not null,
    source_url varchar not null,
    kind varchar not null,
    where_in_document varchar not null,
    message varchar not null
);

comment on table mart.fct_issues is 'One row per report or document and thing that could not be read, or only with a reservation.';
comment on column mart.fct_issues.report_id is 'Key of dim_reports; null for a document that is no report';
comment on column mart.fct_issues.document_sha256 is 'SHA-256 of the stored bytes';
comment on column mart.fct_issues.source_url is 'Address that shows the document';
comment on column mart.fct_issues.kind is 'One word for what it is';
comment on column mart.fct_issues.where_in_document is 'Place in the document, as fct_cells.source says it';
comment on column mart.fct_issues.message is 'What was seen';

insert into mart.fct_issues by name
select * from quality.issues order by all;
