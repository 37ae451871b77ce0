-- one row per report that is new, gone, read otherwise or of another kind of agency since quality.contents was filled
create table if not exists quality.to_compare (
    report_id varchar not null
);
