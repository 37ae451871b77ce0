-- one row per site and agency that publishes on it, as the site's file states it today
create table if not exists raw.agencies (
    site varchar not null,
    agency_key varchar not null,
    agency_name varchar not null,
    agency_kind varchar,
    admin_level varchar,
    region_code varchar,
    region_name varchar,
    province varchar
);
