-- one row per report whose causes stand in quality.causes
create table if not exists quality.explained (
    report_id varchar not null,
    failing varchar not null -- digest of the outcomes and the reading that were explained, and of the code that did
);
