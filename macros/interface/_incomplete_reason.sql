{#- Why a column list may be partial, as a sentence for coverage. -#}
{%- macro _incomplete_reason(node, facts, columns) -%}
    {%- if facts and facts.get("reason") -%} {%- do return(facts.reason) -%} {%- endif -%}
    {%- if node.get("language") == "python" -%}
        {%- do return("Python model without an enforced contract") -%}
    {%- endif -%}
    {%- if columns -%}
        {%- do return("only documented columns are known, no column lineage") -%}
    {%- endif -%}
    {%- do return("no documented columns and no column lineage") -%}
{%- endmacro -%}
