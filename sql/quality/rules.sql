-- one row per rule, as its entries in expectations/ state it
create table if not exists quality.rules (
    rule varchar not null,
    title varchar not null,
    title_zh varchar not null,
    title_en varchar not null,
    severity varchar not null,
    basis varchar not null,
    formula varchar not null,
    known_to_break varchar not null,
    templates varchar[] not null
);
