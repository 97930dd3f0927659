{#- Every var of the package, without its prefix breaking_changes_, and its default. -#}
{%- macro _defaults() -%}
    {%- do return(
        {
            "prior": none,
            "lineage": none,
            "prior_lineage": none,
            "format": "text",
            "level": "query",
            "fail_on": "error",
            "severity": {},
            "ignore": [],
            "removed": [],
        }
    ) -%}
{%- endmacro -%}
