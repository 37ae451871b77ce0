-- one row per kind and level of agency and year that a report in quality.to_compare is or was among
create table if not exists quality.groups_to_measure (
    agency_kind varchar not null,
    admin_level varchar not null,
    report_year integer not null
);
