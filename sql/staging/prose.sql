-- one row per document and figure that its prose states
create table if not exists staging.prose (
    document_sha256 varchar not null,
    statement integer not null, -- number in the document, in the order of reading
    metric varchar not null, -- as parse/prose_patterns.py names it
    value decimal(18, 6), -- null where a sentence gives several figures at once
    lower_bound decimal(18, 6),
    unit varchar,
    qualifier varchar not null,
    period_kind varchar not null,
    scope varchar,
    sentence varchar not null,
    source varchar not null
);

delete from staging.prose where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.prose by name
select * from fresh_prose;
