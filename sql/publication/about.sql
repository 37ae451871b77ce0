-- one row: this publication
create table publication.about (
    published_at varchar not null,
    contents varchar not null,
    scripts varchar not null,
    work_file varchar not null,
    parser_version varchar not null,
    reports_since_whole bigint not null,
    reason varchar
);

comment on table publication.about is 'One row: this publication, and how it was made.';
comment on column publication.about.published_at is 'When it was published (UTC), as in the name under which it is kept';
comment on column publication.about.contents is 'Digest of the mart: the same digest, the same contents';
comment on column publication.about.scripts is 'Digest of the SQL, the database and the storage version that made it; under another one all is built anew';
comment on column publication.about.work_file is 'Which work file it was taken from; from another one all is built anew';
comment on column publication.about.parser_version is 'Version of the parser that read the documents';
comment on column publication.about.reports_since_whole is 'Reports that were replaced in this file since all of it was last built anew';
comment on column publication.about.reason is 'Why there may be far fewer rows than in the publication before; null when nobody had to say';
