-- one row per report in judgement: headings, labels and text beside the cells; null where nothing was looked for
create or replace view quality.wording as
with shown as (
    select
        document_sha256,
        max(value) filter (where kind = 'sections') as sections,
        count(*) filter (where kind = 'numeral') as numerals,
        count(*) filter (where kind = 'label') as labels_otherwise,
        count(*) filter (where kind = 'cited_notice' and value = '2019-60') as cites_2019,
        count(*) filter (where kind = 'cited_notice' and value = '2021-30') as cites_2021,
        count(*) filter (where kind = 'leftover') as leftovers,
        count(*) filter (where kind = 'residue') as residues,
        count(*) filter (where kind = 'encoding') as encodings,
        count(*) filter (where kind = 'digits_lost') as digits_lost,
        count(*) filter (where kind = 'spelled_number') as spelled_numbers,
        count(*) filter (where kind = 'fee_denied') as fee_denials,
        max(try_cast(value as integer)) filter (where kind = 'paragraphs') as paragraphs,
        max(try_cast(value as integer)) filter (where kind = 'paragraphs_repeated') as paragraphs_repeated
    from staging.facts
    semi join quality.to_judge using (document_sha256)
    group by document_sha256
),

extra as (
    select document_sha256, count(*) as extra_rows
    from staging.issues
    semi join quality.to_judge using (document_sha256)
    where kind = 'unknown_label'
    group by document_sha256
),

spelled as (
    select report_id, sum(spelled_otherwise) as cells_spelled_otherwise
    from quality.row_states
    group by report_id
)

select
    reports.report_id,
    reports.template,
    reports.report_year,
    shown.* exclude (document_sha256, sections, paragraphs, spelled_numbers),
    -- Six in the form's order; one that is out of it counts as missing.
    if(
        list_sort(string_split(shown.sections, '')) = string_split(shown.sections, ''),
        length(shown.sections),
        length(shown.sections) - 1
    ) as sections_in_order,
    nullif(shown.paragraphs, 0) as paragraphs,
    shown.spelled_numbers + spelled.cells_spelled_otherwise as spelled_numbers,
    coalesce(extra.extra_rows, 0) as extra_rows,
    printed.other_fee_overdue
from quality.to_judge as reports
join spelled using (report_id)
join staging.applications as printed
    on printed.document_sha256 = reports.document_sha256 and printed.applicant_type = 'total'
left join shown on shown.document_sha256 = reports.document_sha256
left join extra on extra.document_sha256 = reports.document_sha256;
