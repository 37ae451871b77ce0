-- one row per document and item of table three, with the applicant types as columns
-- The same of any cells: a judgement asks it of cells with their blanks read as zero.
create or replace macro staging.wide_application_items(cells) as table
select
    document_sha256,
    item as row_code,
    max(value) filter (where "column" = 'natural_person') as natural_person,
    max(value) filter (where "column" = 'commercial_enterprise') as commercial_enterprise,
    max(value) filter (where "column" = 'research_institution') as research_institution,
    max(value) filter (where "column" = 'public_interest_org') as public_interest_org,
    max(value) filter (where "column" = 'legal_service_org') as legal_service_org,
    max(value) filter (where "column" = 'other_org') as other_org,
    max(value) filter (where "column" = 'total') as total
from query_table(cells)
where "table" = 'applications'
group by all;

create table if not exists staging.application_items (
    document_sha256 varchar not null,
    row_code varchar not null,
    natural_person decimal(18, 6),
    commercial_enterprise decimal(18, 6),
    research_institution decimal(18, 6),
    public_interest_org decimal(18, 6),
    legal_service_org decimal(18, 6),
    other_org decimal(18, 6),
    total decimal(18, 6)
);

delete from staging.application_items where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.application_items by name
select * from fresh_application_items;
