-- one row per rule
create table mart.dim_rules (
    rule varchar not null,
    title varchar not null,
    title_zh varchar not null,
    title_en varchar not null,
    severity varchar not null,
    basis varchar not null,
    formula varchar not null,
    known_to_break varchar not null,
    templates varchar[] not null
);

comment on table mart.dim_rules is 'One row per rule that reports are held to. Great Expectations suites in expectations/ state them.';
comment on column mart.dim_rules.rule is 'Id of the rule; never changes. Its beginning says what it is about: S structure, V values, T2 T3 T4 the tables, Y the year before, X other agencies and addresses (copies too), P prose, F filing, K keys, O outliers';
comment on column mart.dim_rules.title is 'What the rule says, in Chinese and in English';
comment on column mart.dim_rules.title_zh is 'The Chinese title';
comment on column mart.dim_rules.title_en is 'The English title';
comment on column mart.dim_rules.severity is 'error: the document contradicts itself; warning: probably wrong, exceptions exist; info: context. The gravest, where parts of a rule differ';
comment on column mart.dim_rules.basis is 'Where the rule comes from: the form, the Regulations, or our inference';
comment on column mart.dim_rules.formula is 'What must hold, in the canonical names of rows and columns';
comment on column mart.dim_rules.known_to_break is 'What is known to make the rule fail on a report that is right; empty where nothing is known';
comment on column mart.dim_rules.templates is 'Templates that the rule is for';

insert into mart.dim_rules by name
select * from quality.rules order by rule;
