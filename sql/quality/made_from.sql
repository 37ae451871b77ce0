-- one row per report: digest of everything that its rows in the mart are made from, what it says of its reading, and
-- whether it was judged as it reads now
create or replace view quality.made_from as
with documents as (
    select document_sha256, parser_version, hash(documents) as digest
    from staging.documents
),

versions as (
    select report_id, is_current, document_sha256, content, reading, hash(versions) as digest
    from staging.report_versions as versions
),

-- The sum is the same in whatever order the versions stand.
histories as (
    select report_id, sum(hash(versions.digest, documents.digest)::hugeint) as digest
    from versions
    join documents using (document_sha256)
    group by report_id
)

select
    report_id,
    hash(histories.digest, judged.outcomes, explained.failing) as made_from,
    versions.content,
    versions.document_sha256,
    documents.parser_version,
    judged.reading is not distinct from versions.reading as is_judged
from versions
join documents using (document_sha256)
join histories using (report_id)
left join quality.judged as judged using (report_id)
left join quality.explained as explained using (report_id)
where versions.is_current;
