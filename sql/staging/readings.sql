-- one row per sighting of a document that could be read, with what it, its link and its address say of agency and year
create table if not exists staging.readings (
    site varchar not null,
    url varchar not null,
    page_url varchar,
    seen_at timestamp not null,
    is_current boolean not null,
    document_sha256 varchar not null,
    content varchar not null,
    reading varchar not null,
    agency_printed varchar,
    agency_said varchar, -- by the document, else by the link
    report_year integer,
    year_evidence varchar, -- document, list title
    stated_code varchar -- 统一社会信用代码 that the document labels so, or that its address has
);

delete from staging.readings where url in (select url from touched);

insert into staging.readings by name
with sightings as (
    select * from staging.sightings semi join touched using (url)
),

facts as (
    select * from staging.facts semi join sightings using (document_sha256)
),

years_printed as (
    select distinct document_sha256, try_cast(value as integer) as printed_year
    from facts
    where kind = 'year'
),

codes as (
    select document_sha256, min(value) as labelled_code
    from facts
    where kind = 'credit_code'
    group by document_sha256
    having count(distinct value) = 1
)

select
    seen.*,
    documents.content,
    documents.reading,
    nullif(trim(documents.agency_printed), '') as agency_printed,
    -- What a file does not print the list may say of its page; what it prints is never overruled.
    coalesce(nullif(trim(documents.agency_printed), ''), titles.agency_named) as agency_said,
    -- Of two years that a document prints itself, the list may also say which is meant.
    coalesce(documents.report_year, years_printed.printed_year, titles.report_year) as report_year,
    case
        when documents.report_year is not null then 'document'
        when coalesce(years_printed.printed_year, titles.report_year) is not null then 'list title'
    end as year_evidence,
    coalesce(codes.labelled_code, of_address.credit_code) as stated_code
from sightings as seen
join staging.documents as documents using (document_sha256)
left join raw.list_titles as titles
    on titles.site = seen.site and titles.page_url = seen.page_url
left join raw.list_titles as links
    on links.site = seen.site and links.page_url = coalesce(seen.page_url, seen.url)
left join years_printed
    on years_printed.document_sha256 = seen.document_sha256
    and years_printed.printed_year = links.report_year
left join codes on codes.document_sha256 = seen.document_sha256
left join raw.credit_codes as of_address
    on of_address.is_valid
    and of_address.credit_code = regexp_extract(seen.url, '(^|[^0-9A-Za-z])([0-9A-Z]{18})([^0-9A-Za-z]|$)', 2)
where documents.unread_kind is null;
