-- one row per document and thing that it shows beside its cells: headings, years, agencies, codes, residue
create table if not exists staging.facts (
    document_sha256 varchar not null,
    kind varchar not null, -- as parse/facts.py, codes.py, scripts.py and metadata.py name it
    value varchar not null,
    where_in_document varchar not null
);

delete from staging.facts where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.facts by name
select * from fresh_facts;
