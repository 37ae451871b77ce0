-- one row per text of quality.texts that is not in quality.texts_to_compare
create or replace view quality.texts_beside as
select report_year, sketch
from quality.texts
anti join quality.texts_to_compare using (report_year, sketch);
