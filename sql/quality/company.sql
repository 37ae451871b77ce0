-- one row per report: what the reports of other agencies say of it. Filled anew when any report has changed
create table if not exists quality.company (
    report_id varchar not null,
    likeness decimal(3, 2), -- of its prose to the most alike one of the same year; null without prose
    twin varchar, -- that report
    measures integer not null, -- that can be compared with its peers
    far_off varchar, -- digest of the measures that lie far off
    measured_from varchar not null -- digest of all that it was measured from
);
