-- one row: which SQL this work file was made by, and its name
create table if not exists raw.layout (
    layout varchar not null, -- digest of the files below sql/raw, sql/staging and sql/quality
    work_file varchar not null -- made up when the file was made: another file has another
);
