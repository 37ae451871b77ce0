-- one row per cell of a document in judgement that has blanks, with blanks read as zero and other nulls kept
create or replace view quality.cells_blank_as_zero as
with documents as (
    select distinct document_sha256
    from staging.cells
    semi join quality.to_judge using (document_sha256)
    where state = 'blank'
)

select cells.* replace (if(cells.state = 'blank', 0, cells.value) as value)
from staging.cells as cells
semi join documents using (document_sha256);
