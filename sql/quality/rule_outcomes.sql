-- one row per report, rule and subject that failed or could not be assessed
create table if not exists quality.rule_outcomes (
    report_id varchar not null,
    rule varchar not null,
    subject varchar not null, -- a column, row or cell of the form
    lhs decimal(24, 6),
    rhs decimal(24, 6),
    status varchar not null, -- fail, not_assessable
    holds_if_blank_is_zero boolean, -- null unless blanks alone keep it from being assessed
    severity varchar not null, -- error, warning, info
    shown varchar -- what a failing rule over the text counts: the first three, with their places; null for figures
);
