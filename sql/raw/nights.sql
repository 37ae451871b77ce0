-- one row per night whose requests have been taken in
create table if not exists raw.nights (
    night varchar not null, -- name of its Parquet file, without the ending
    fetches bigint not null -- rows in it: a night that was resumed has more, and is taken in again
);
