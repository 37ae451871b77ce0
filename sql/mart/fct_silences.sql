-- one row per site that is silent for longer than its habit, or list page without a report
create table mart.fct_silences (
    site varchar not null,
    kind varchar not null,
    url varchar,
    since timestamp not null,
    outcome varchar not null,
    longest_before integer
);

comment on table mart.fct_silences is 'One row per site that is silent for longer than its habit, or list page that was read to its end without a report. No agency is at fault by this: it is our crawl that brings nothing.';
comment on column mart.fct_silences.site is 'Key of dim_sites';
comment on column mart.fct_silences.kind is 'silent: no visit has brought the lists for more than two days, and for longer than ever before (at the latest after two weeks); no_reports: the list page came and links to no report';
comment on column mart.fct_silences.url is 'Address of the list page; null for a silent site';
comment on column mart.fct_silences.since is 'First visit of the silence, UTC';
comment on column mart.fct_silences.outcome is 'How the last visit ended';
comment on column mart.fct_silences.longest_before is 'Days of the longest silence before this one; null for a list page';

insert into mart.fct_silences by name
select * from quality.silences order by all;
