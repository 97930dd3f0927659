-- privileges
select
    (select has_table_privilege(quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'select')
        and has_table_privilege(quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'insert')
        and has_table_privilege(quote_ident(n.nspname) || '.' || quote_ident(c.relname), 'delete')
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'prod' and c.relname = 'dbt_breaking_changes_baseline') as may_use,
    (select has_schema_privilege(n.nspname, 'create') from pg_catalog.pg_namespace n where n.nspname = 'prod') as may_create_table,
    has_database_privilege(current_database(), 'create') as may_create_schema;

-- create
create table if not exists "analytics"."prod"."dbt_breaking_changes_baseline" (
    baseline_id varchar(65535),
    project varchar(65535),
    target varchar(65535),
    invocation_id varchar(65535),
    saved_at timestamp,
    git_commit varchar(65535),
    part integer,
    section varchar(65535),
    unique_id varchar(65535),
    content varchar(65535)
);

-- insert
insert into "analytics"."prod"."dbt_breaking_changes_baseline" (baseline_id, project, target, invocation_id, saved_at, git_commit, part, section, unique_id, content) values
('20260102T030405000006Z-0a1b2c3d', 'shop', 'prod', '0a1b2c3d-0000-4000-8000-000000000000', cast('2026-01-02 03:04:05' as timestamp), null, 0, 'nodes', 'model.shop.users', '{"node": {}}'),
('20260102T030405000006Z-0a1b2c3d', 'shop', 'prod', '0a1b2c3d-0000-4000-8000-000000000000', cast('2026-01-02 03:04:05' as timestamp), null, 0, 'sources', 'source.shop.it''s "odd" 100% \\ {{ x }} 😀', '{"node": {"name": "it''s \\"odd\\" 100% \\\\ {{ x }} \\ud83d\\ude00"}}');

-- list
select baseline_id, count(*) as saved_rows, max(case when section = 'header' then content end) as header
from "analytics"."prod"."dbt_breaking_changes_baseline"
where project = 'shop' and target = 'prod'
group by baseline_id
order by baseline_id desc;

-- read
select section, unique_id, content
from "analytics"."prod"."dbt_breaking_changes_baseline"
where baseline_id = '20260102T030405000006Z-0a1b2c3d' and section <> 'header'
order by section, unique_id, part;

-- prune
delete from "analytics"."prod"."dbt_breaking_changes_baseline" where baseline_id in ('20260102T0', '20260101T0');

-- columns
select table_name, column_name, case when data_type in ('character varying', 'character') then data_type || '(' || character_maximum_length || ')' when data_type = 'numeric' then data_type || '(' || numeric_precision || ',' || numeric_scale || ')' else data_type end
from svv_columns
where lower(table_schema) = lower('prod')
order by table_name, ordinal_position;

