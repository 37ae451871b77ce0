-- one row per year and sketch of prose that is new, gone or carried by other reports than when quality.likenesses was filled
create table if not exists quality.texts_to_compare (
    report_year integer not null,
    sketch varchar not null
);
