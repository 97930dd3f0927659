{#- The table that holds the baselines, beside the models unless the vars say otherwise. -#}
{%- macro _baseline_relation(settings) -%}
    {%- do return(
        api.Relation.create(
            database=settings.database,
            schema=settings.schema,
            identifier=settings.table,
            type="table",
        )
    ) -%}
{%- endmacro -%}

{#- The table as the warehouse knows it, or none. -#}
{%- macro _baseline_existing(relation) -%}
    {%- do return(
        adapter.get_relation(
            database=relation.database,
            schema=relation.schema,
            identifier=relation.identifier,
        )
    ) -%}
{%- endmacro -%}

{%- macro _baseline_table_sql(relation) -%}
    {%- set types = {
        "text": dbt_breaking_changes._baseline_limits().text,
        "time": dbt.type_timestamp(),
        "number": dbt.type_int(),
    } -%}
    {%- set columns = [] -%}
    {%- for name, kind in dbt_breaking_changes._baseline_columns().items() -%}
        {%- do columns.append("    " ~ name ~ " " ~ types[kind]) -%}
    {%- endfor -%}
    {%- do return(
        "create table if not exists " ~ relation ~ " (\n" ~ columns
        | join(",\n") ~ "\n)"
    ) -%}
{%- endmacro -%}

{#- Makes the table if it is missing. Gives none, or the reason why it cannot be used. -#}
{%- macro _baseline_prepare(relation) -%}
    {%- set obstacle = adapter.dispatch("baseline_obstacle", "dbt_breaking_changes")(relation) -%}
    {%- if obstacle or dbt_breaking_changes._baseline_existing(relation) -%}
        {%- do return(obstacle or none) -%}
    {%- endif -%}
    {%- if not adapter.check_schema_exists(relation.database, relation.schema) -%}
        {%- do adapter.create_schema(relation) -%}
    {%- endif -%}
    {%- set failure = adapter.dispatch("baseline_create", "dbt_breaking_changes")(
        dbt_breaking_changes._baseline_table_sql(relation), relation
    ) -%}
    {#- dbt remembers which relations exist; a second hook of this run has to see the new one. -#}
    {%- if not failure -%} {%- do adapter.cache_added(relation) -%} {%- endif -%}
    {%- do return(failure) -%}
{%- endmacro -%}
