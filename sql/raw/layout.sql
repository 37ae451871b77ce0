-- one row: which SQL this work file was made by
create table if not exists raw.layout (
    layout varchar not null -- digest of the files below sql/raw, sql/staging and sql/quality
);
