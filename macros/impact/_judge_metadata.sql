{#- Semantic models and column tests name their columns; what exposures query outside dbt is not known. -#}
{%- macro _judge_metadata(node, parent, column, effect) -%}
    {%- if node.resource_type == "exposure" -%}
        {%- do return(
            {"verdict": "unknown", "detail": "what it queries outside dbt is not known"}
        ) -%}
    {%- endif -%}
    {%- if node.resource_type != "metric" -%}
        {%- do return(dbt_breaking_changes._named_by_metadata(node, parent, column, effect)) -%}
    {%- endif -%}
    {%- do return({}) -%}
{%- endmacro -%}

{#- The kinds of nodes of which the semantic layer is made. -#}
{%- macro _semantic_types() -%}
    {%- do return(["semantic_model", "metric", "saved_query"]) -%}
{%- endmacro -%}

{#- Why the SQL of a consumer proves nothing. -#}
{%- macro _unreadable(node, facts) -%}
    {%- if node.get("language") == "python" -%} {%- do return("Python model") -%} {%- endif -%}
    {#- Columns that were only read from the warehouse say nothing about what the SQL reads. -#}
    {%- if not facts or "reads" not in facts -%}
        {%- do return("no column lineage") -%}
    {%- endif -%}
    {%- if facts.get("introspection") -%}
        {%- do return("reads columns at run time: " ~ facts.introspection) -%}
    {%- endif -%}
    {%- if facts.get("blind") -%} {%- do return(facts.blind) -%} {%- endif -%}
    {%- if "reads" not in facts or not (
        facts.complete or facts.columns or facts.reads or facts.unbound
    ) -%}
        {%- do return(facts.reason or "no column lineage") -%}
    {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}
