-- one row per publishing site, as its file in sites/ states it today
create table if not exists raw.sites (
    site varchar not null,
    verified boolean not null,
    notes varchar
);
