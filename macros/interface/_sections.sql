{#- Every section that a manifest of dbt 1.8 to 2 has, and what it is to a comparison: compared, or why it
    promises nothing itself. A section that is not listed here is named in coverage. -#}
{%- macro _manifest_sections() -%}
    {%- do return(
        {
            "nodes": "compared",
            "sources": "compared",
            "exposures": "compared",
            "metrics": "compared",
            "semantic_models": "compared",
            "saved_queries": "compared",
            "functions": "compared",
            "unit_tests": "compared",
            "metadata": "who wrote the manifest, with which dbt, for which adapter",
            "macros": "a macro that is edited changes the SQL of the models that call it",
            "docs": "texts for people",
            "groups": "models name their group; its owner is for reports",
            "selectors": "names for the command line",
            "disabled": "looked up for what is gone",
            "parent_map": "told by depends_on",
            "child_map": "told by depends_on",
            "group_map": "told by the groups of models",
        }
    ) -%}
{%- endmacro -%}

{#- The sections whose entries are compared or read as consumers. -#}
{%- macro _sections() -%}
    {%- set compared = [] -%}
    {%- for section, how in dbt_breaking_changes._manifest_sections().items() if how == "compared" -%}
        {%- do compared.append(section) -%}
    {%- endfor -%}
    {%- do return(compared) -%}
{%- endmacro -%}

{#- The resource types of nodes that are compared or read as consumers. -#}
{%- macro _resource_types() -%}
    {%- do return(
        (
            "model seed snapshot source exposure metric semantic_model saved_query function"
            ~ " unit_test test analysis operation"
        ).split()
    ) -%}
{%- endmacro -%}

{#- What the sides hold that nothing here knows, where they differ in it, as entries for coverage. -#}
{%- macro _unknown_entries(prior, current) -%}
    {%- set known = dbt_breaking_changes._manifest_sections().keys() | list -%}
    {#- What macros and the helper lay beside the sections of a side. -#}
    {%- do known.extend(["baseline", "packages"]) -%}
    {%- set entries = [] -%}
    {%- for section in (prior | list + current | list) | unique | sort if section not in known -%}
        {%- set was, now = prior.get(section) or {}, current.get(section) or {} -%}
        {%- if was != now and was is iterable and now is iterable -%}
            {%- do entries.append(
                {
                    "node": section,
                    "reason": [was | length, now | length]
                    | max ~ " entries of a section that is not known here",
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set types = dbt_breaking_changes._resource_types() -%}
    {%- set now = current.get("nodes") or {} -%}
    {%- for unique_id, node in (prior.get("nodes") or {}).items() if node["resource_type"] not in types -%}
        {%- if now.get(unique_id) != node -%}
            {%- do entries.append(
                {
                    "node": unique_id,
                    "reason": "its resource type is not known here: "
                    ~ node["resource_type"],
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(entries) -%}
{%- endmacro -%}
