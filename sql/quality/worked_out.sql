-- one row per document in judgement and cell that was worked out from the sums of the form
create or replace view quality.worked_out as
select document_sha256, "table", item, "column"
from staging.cells
semi join quality.to_judge using (document_sha256)
where resolved_by is not null;
