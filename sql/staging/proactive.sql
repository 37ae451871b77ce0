-- one row per document and item of table two; null where the template has no such column
-- The same of any cells: a judgement asks it of cells with their blanks read as zero.
create or replace macro staging.wide_proactive(cells) as table
select
    document_sha256,
    item,
    max(value) filter (where "column" = 'issued') as issued,
    max(value) filter (where "column" = 'repealed') as repealed,
    max(value) filter (where "column" = 'in_force') as in_force,
    max(value) filter (where "column" = 'decisions') as decisions,
    max(value) filter (where "column" = 'amount_10k_cny') as amount_10k_cny,
    max(value) filter (where "column" = 'newly_made') as newly_made,
    max(value) filter (where "column" = 'newly_disclosed') as newly_disclosed,
    max(value) filter (where "column" = 'disclosed_total') as disclosed_total,
    max(value) filter (where "column" = 'prior_year_items') as prior_year_items,
    max(value) filter (where "column" = 'items_change') as items_change,
    max(value) filter (where "column" = 'projects') as projects
from query_table(cells)
where "table" = 'proactive'
group by all;

create table if not exists staging.proactive (
    document_sha256 varchar not null,
    item varchar not null,
    issued decimal(18, 6),
    repealed decimal(18, 6),
    in_force decimal(18, 6),
    decisions decimal(18, 6),
    amount_10k_cny decimal(18, 6),
    newly_made decimal(18, 6),
    newly_disclosed decimal(18, 6),
    disclosed_total decimal(18, 6),
    prior_year_items decimal(18, 6),
    items_change decimal(18, 6),
    projects decimal(18, 6)
);

delete from staging.proactive where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.proactive by name
select * from fresh_proactive;
