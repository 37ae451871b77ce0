-- one row per report: what its rows in the mart are made from
create table publication.reports (
    report_id varchar not null,
    made_from ubigint not null,
    content varchar not null,
    document_sha256 varchar not null,
    parser_version varchar not null
);

comment on table publication.reports is 'One row per report: what its rows in the mart are made from.';
comment on column publication.reports.report_id is 'Key of mart.dim_reports';
comment on column publication.reports.made_from is 'Digest of all that its rows are made from: the same digest, the same rows';
comment on column publication.reports.content is 'Digest of what its cells say';
comment on column publication.reports.document_sha256 is 'The bytes that its cells are read from';
comment on column publication.reports.parser_version is 'Version of the parser that read them';
