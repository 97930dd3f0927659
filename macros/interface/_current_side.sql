{#- The project as dbt parsed it, in the shape of a manifest, so that both sides are read alike. -#}
{%- macro _current_side() -%}
    {%- do return(
        {
            "metadata": {"project_name": project_name, "adapter_type": adapter.type()},
            "nodes": graph.nodes,
            "sources": graph.sources,
            "exposures": graph.exposures,
            "metrics": graph.metrics,
            "semantic_models": graph.get("semantic_models", {}),
            "saved_queries": graph.get("saved_queries", {}),
            "functions": graph.get("functions", {}),
            "unit_tests": graph.get("unit_tests", {}),
        }
    ) -%}
{%- endmacro -%}
