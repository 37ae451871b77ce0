-- Every report was judged as it reads now.
select report_id, reading
from staging.reports
anti join quality.judged using (report_id, reading);
