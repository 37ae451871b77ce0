-- one row per kind and level of agency, year and measure: quality.peer_groups as it was when quality.company was filled
create table if not exists quality.peers (
    agency_kind varchar not null,
    admin_level varchar not null,
    report_year integer not null,
    measure varchar not null,
    agencies integer not null,
    middle double not null,
    figure_at_most double not null,
    figure_at_least double not null
);
