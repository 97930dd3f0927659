-- create
begin
create table if not exists `analytics`.`prod`.`dbt_breaking_changes_baseline` (
    baseline_id string,
    project string,
    target string,
    invocation_id string,
    saved_at timestamp,
    git_commit string,
    part INT64,
    section string,
    unique_id string,
    content string
);
select '' as obstacle;
exception when error then
select @@error.message as obstacle;
end;

-- insert
insert into `analytics`.`prod`.`dbt_breaking_changes_baseline` (baseline_id, project, target, invocation_id, saved_at, git_commit, part, section, unique_id, content) values
('''20260102T030405000006Z-0a1b2c3d''', '''shop''', '''prod''', '''0a1b2c3d-0000-4000-8000-000000000000''', cast('''2026-01-02 03:04:05''' as timestamp), null, 0, '''nodes''', '''model.shop.users''', '''{"node": {}}'''),
('''20260102T030405000006Z-0a1b2c3d''', '''shop''', '''prod''', '''0a1b2c3d-0000-4000-8000-000000000000''', cast('''2026-01-02 03:04:05''' as timestamp), null, 0, '''sources''', '''source.shop.it\'s "odd" 100% \\ {{ x }} 😀''', '''{"node": {"name": "it\'s \\"odd\\" 100% \\\\ {{ x }} \\ud83d\\ude00"}}''');

-- list
select baseline_id, count(*) as saved_rows, max(case when section = 'header' then content end) as header
from `analytics`.`prod`.`dbt_breaking_changes_baseline`
where project = '''shop''' and target = '''prod'''
group by baseline_id
order by baseline_id desc;

-- read
select section, unique_id, content
from `analytics`.`prod`.`dbt_breaking_changes_baseline`
where baseline_id = '''20260102T030405000006Z-0a1b2c3d''' and section <> 'header'
order by section, unique_id, part;

-- prune
delete from `analytics`.`prod`.`dbt_breaking_changes_baseline` where baseline_id in ('''20260102T0''', '''20260101T0''');

-- columns
select table_name, column_name, data_type
from `analytics`.`prod`.INFORMATION_SCHEMA.COLUMNS
order by table_name, ordinal_position;

