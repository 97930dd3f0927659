{#- Deletes what is no longer kept: whole saves beyond the newest ones, and what an interrupted save
    left a day ago; a younger one may still be writing. -#}
{%- macro _baseline_prune(relation, saves, keep) -%}
    {%- set stale = dbt_breaking_changes._baseline_stale(
        saves, keep, dbt_breaking_changes._utc_stamp(days_ago=1)
    ) -%}
    {%- if stale -%}
        {%- set marks = dbt_breaking_changes._literal_marks() -%}
        {%- set ids = [] -%}
        {%- for id in stale -%}
            {%- do ids.append(dbt_breaking_changes._text_literal(id, marks)) -%}
        {%- endfor -%}
        {%- do dbt_breaking_changes._baseline_execute(
            "delete from " ~ relation ~ " where baseline_id in (" ~ ids
            | join(", ") ~ ")"
        ) -%}
        {%- do adapter.commit() -%}
    {%- endif -%}
{%- endmacro -%}

{%- macro _baseline_stale(saves, keep, abandoned_before) -%}
    {%- set whole = saves | selectattr("complete") | map(attribute="id") | list -%}
    {%- set stale = whole[keep:] -%}
    {%- for save in saves if not save.complete and save.id < abandoned_before -%}
        {%- do stale.append(save.id) -%}
    {%- endfor -%}
    {%- do return(stale) -%}
{%- endmacro -%}

{#- Now, or some days ago, in UTC; it sorts as text. -#}
{%- macro _utc_stamp(format="%Y%m%dT%H%M%S%fZ", days_ago=0) -%}
    {%- set moment = modules.datetime.datetime.now(
        modules.pytz.utc
    ) - modules.datetime.timedelta(days=days_ago) -%}
    {%- do return(moment.strftime(format)) -%}
{%- endmacro -%}
