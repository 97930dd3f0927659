{#- The saved side that "latest" or an id names, as {header, side, lineage}; none when nothing was
    saved yet and nobody asked for a certain one. -#}
{%- macro _baseline_prior(name="latest") -%}
    {%- set settings = dbt_breaking_changes._baseline_settings() -%}
    {%- set relation = dbt_breaking_changes._baseline_relation(settings) -%}
    {%- set saves = [] -%}
    {%- if dbt_breaking_changes._baseline_existing(relation) -%}
        {%- do saves.extend(dbt_breaking_changes._baseline_list(relation, settings)) -%}
    {%- endif -%}
    {%- for save in saves if save.broken -%}
        {%- do dbt_breaking_changes._warn(
            "the header of the baseline "
            ~ save.id
            ~ " in "
            ~ relation
            ~ " cannot be read;"
            ~ " it is not used"
        ) -%}
    {%- endfor -%}
    {%- set header = (
        dbt_breaking_changes._baseline_latest(saves)
        if name == "latest"
        else dbt_breaking_changes._baseline_named(name, saves, relation)
    ) -%}
    {%- if header is none -%} {%- do return(none) -%} {%- endif -%}
    {%- set too_new = dbt_breaking_changes._baseline_too_new(header) -%}
    {%- if too_new -%} {%- do dbt_breaking_changes._refuse(too_new) -%} {%- endif -%}
    {%- do return(dbt_breaking_changes._baseline_read(relation, header)) -%}
{%- endmacro -%}

{%- macro _baseline_named(name, saves, relation) -%}
    {%- for save in saves if save.id == name and save.complete -%}
        {%- do return(save.header) -%}
    {%- endfor -%}
    {%- set known = saves | selectattr("complete") | map(attribute="id") | list -%}
    {%- do dbt_breaking_changes._refuse(
        "there is no complete baseline "
        ~ name
        ~ " of this project and target in "
        ~ relation
        ~ ". "
        ~ (
            "Saved are: " ~ known | join(", ") ~ "."
            if known
            else "Save one with: dbt run-operation save_baseline"
        )
    ) -%}
{%- endmacro -%}

{#- A saved side as a prior; none if nothing is saved. -#}
{%- macro _prior_from_baseline(name) -%}
    {%- set saved = dbt_breaking_changes._baseline_prior(name) -%}
    {%- if saved is none -%} {%- do return(none) -%} {%- endif -%}
    {%- do return(
        {
            "side": saved.side,
            "name": "baseline " ~ saved.header.baseline_id,
            "folder": none,
            "baseline": saved,
            "newest": name == "latest",
        }
    ) -%}
{%- endmacro -%}
