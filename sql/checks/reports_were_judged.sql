-- Every report was judged as it reads now.
select report_id from made_from where not is_judged;
