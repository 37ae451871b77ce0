-- one row per parsed batch that is in staging
create table if not exists staging.batches (
    parser_version varchar not null,
    batch varchar not null
);
