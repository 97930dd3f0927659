{#- The sections of a semantic model and what one element of each is called. -#}
{%- macro _element_kinds() -%}
    {%- do return(
        [
            ["entities", "entity"],
            ["dimensions", "dimension"],
            ["measures", "measure"],
        ]
    ) -%}
{%- endmacro -%}

{#- The elements of one section by name, each as its definition. -#}
{%- macro _elements(model, section) -%}
    {%- set keys = {
        "entities": ["type", "expr"],
        "dimensions": ["type", "expr", "type_params", "is_partition"],
        "measures": [
            "agg",
            "expr",
            "agg_params",
            "non_additive_dimension",
            "agg_time_dimension",
        ],
    } -%}
    {%- set elements = {} -%}
    {%- for element in model.get(section) or [] -%}
        {%- set definition = {} -%}
        {%- for key in keys[section] -%}
            {%- do definition.update(
                {key: dbt_breaking_changes._stripped(element.get(key)) or none}
            ) -%}
        {%- endfor -%}
        {%- do definition.update({"expr": definition.expr or element.name}) -%}
        {%- if section == "measures" and not definition.agg_time_dimension -%}
            {%- do definition.update(
                {
                    "agg_time_dimension": (model.get("defaults") or {}).get(
                        "agg_time_dimension"
                    )
                }
            ) -%}
        {%- endif -%}
        {%- do elements.update({element.name: definition}) -%}
    {%- endfor -%}
    {%- do return(elements) -%}
{%- endmacro -%}

{#- What a metric or a saved query computes. dbt copies the measures of other metrics into a metric:
    they are no part of its own definition. -#}
{%- macro _definition(node) -%}
    {%- set definition = {} -%}
    {%- if node.resource_type == "saved_query" -%}
        {%- for key in ["metrics", "group_by", "where", "order_by", "limit"] -%}
            {%- do definition.update(
                {
                    key: dbt_breaking_changes._stripped(
                        (node.get("query_params") or {}).get(key)
                    )
                }
            ) -%}
        {%- endfor -%}
        {%- set exports = [] -%}
        {%- for export in node.get("exports") or [] -%}
            {%- set config = export.get("config") or {} -%}
            {%- do exports.append(
                {
                    "name": export.name,
                    "alias": config.get("alias"),
                    "schema": (
                        config.get("schema_name")
                        if "schema" in (export.get("unrendered_config") or {})
                        else none
                    ),
                }
            ) -%}
        {%- endfor -%}
        {%- do definition.update({"exports": dbt_breaking_changes._stripped(exports)}) -%}
        {%- do return(definition) -%}
    {%- endif -%}
    {%- set given = dbt_breaking_changes._stripped(node.get("type_params")) or {} -%}
    {%- for key in ["type", "filter", "time_granularity"] -%}
        {%- do definition.update({key: dbt_breaking_changes._stripped(node.get(key))}) -%}
    {%- endfor -%}
    {%- for key in [
        "measure",
        "numerator",
        "denominator",
        "expr",
        "window",
        "grain_to_date",
        "metrics",
        "conversion_type_params",
        "cumulative_type_params",
        "metric_aggregation_params",
        "fill_nulls_with",
        "join_to_timespine",
    ] -%}
        {%- do definition.update({key: given.get(key)}) -%}
    {%- endfor -%}
    {%- do return(definition) -%}
{%- endmacro -%}
