-- one row per report that is being judged: the views of this layer are restricted to it
create table if not exists quality.to_judge (
    report_id varchar not null,
    agency_key varchar not null,
    report_year integer not null,
    document_sha256 varchar not null,
    template varchar not null,
    reading varchar not null,
    surroundings ubigint not null,
    agencies_with_content bigint, -- as quality.neighbours has these
    agencies_with_numbers bigint,
    other_addresses bigint not null,
    other_contents bigint not null,
    likeness decimal(3, 2),
    twin varchar
);
