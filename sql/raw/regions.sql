-- one row per division code (GB/T 2260), name and span of years in which it held: provinces, prefectures, counties
create table if not exists raw.regions (
    region_code varchar not null,
    region_name varchar not null,
    valid_from integer, -- year; null: before the lists begin
    valid_to integer -- year; null: still
);
