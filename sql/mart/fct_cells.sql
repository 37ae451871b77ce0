-- one row per report and cell of its template
create table mart.fct_cells (
    report_id varchar not null,
    "table" varchar not null,
    item varchar not null,
    "column" varchar not null,
    value decimal(18, 6),
    state varchar not null,
    printed varchar,
    resolved_by varchar,
    source varchar
);

comment on table mart.fct_cells is 'One row per report and cell of its template, as printed in the current version, with its place in the document.';
comment on column mart.fct_cells.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_cells."table" is 'proactive (table two), applications (three) or disputes (four)';
comment on column mart.fct_cells.item is 'Row of the table';
comment on column mart.fct_cells."column" is 'Column of the table';
comment on column mart.fct_cells.value is 'The number; null unless the state is number. 件, or 万元 where the column is amount_10k_cny';
comment on column mart.fct_cells.state is 'number (a printed 0 is one), blank, not_applicable (/ - — 无 不适用), unreadable (text that is no number), ambiguous (several readings and nothing decides), absent (row or column not in the document)';
comment on column mart.fct_cells.printed is 'What the cell prints; null when absent';
comment on column mart.fct_cells.resolved_by is 'identity: worked out from the sums of the form and not read as such; null otherwise';
comment on column mart.fct_cells.source is 'Where in the document it stands: table (counted in the document, from 1), row and column of a page or file, page and box of a PDF, line and column of a text; null when absent';

insert into mart.fct_cells by name
select reports.report_id, cells.* exclude (document_sha256)
from staging.reports as reports
join staging.cells as cells using (document_sha256);
