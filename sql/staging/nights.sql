-- one row per night whose fetches the sightings are drawn from
create table if not exists staging.nights (
    night varchar not null,
    fetches bigint not null -- rows in it: a night that was resumed has more, and is drawn from again
);
