-- one row per document and channel of table four
-- The same of any cells: a judgement asks it of cells with their blanks read as zero.
create or replace macro staging.wide_disputes(cells) as table
select
    document_sha256,
    item as channel,
    max(value) filter (where "column" = 'upheld') as upheld,
    max(value) filter (where "column" = 'corrected') as corrected,
    max(value) filter (where "column" = 'other') as other,
    max(value) filter (where "column" = 'pending') as pending,
    max(value) filter (where "column" = 'total') as total
from query_table(cells)
where "table" = 'disputes'
group by all;

create table if not exists staging.disputes (
    document_sha256 varchar not null,
    channel varchar not null,
    upheld decimal(18, 6),
    corrected decimal(18, 6),
    other decimal(18, 6),
    pending decimal(18, 6),
    total decimal(18, 6)
);

delete from staging.disputes where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.disputes by name
select * from fresh_disputes;
