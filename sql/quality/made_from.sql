-- one row per report: digest of everything that its rows in the mart are made from, and what it says of its reading
create or replace view quality.made_from as
with histories as (
    select
        versions.report_id,
        md5(string_agg(
            concat_ws(' ', versions.version, versions.document_sha256, versions.first_seen_at, documents.parser_version),
            ',' order by versions.version
        )) as history
    from staging.report_versions as versions
    join staging.documents as documents using (document_sha256)
    group by versions.report_id
)

select
    reports.report_id,
    hash(
        reports,
        documents,
        histories.history,
        judged.reading,
        judged.surroundings,
        judged.rules,
        explained.failing
    ) as made_from,
    reports.content,
    reports.document_sha256,
    documents.parser_version
from staging.reports as reports
join staging.documents as documents using (document_sha256)
join histories using (report_id)
left join quality.judged as judged using (report_id)
left join quality.explained as explained using (report_id);
