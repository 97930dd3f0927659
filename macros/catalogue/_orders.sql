{#- Verdicts on a consumer, the most harmful first. -#}
{%- macro _verdicts() -%}
    {%- do return(["breaks", "unknown", "changes", "adapted"]) -%}
{%- endmacro -%}

{#- The levels that a user can set; each has the rules of those before it. -#}
{%- macro _levels() -%} {%- do return(["relation", "query", "typed", "strict"]) -%} {%- endmacro -%}

{#- Severities, worst first, and the key of the summary that counts each. -#}
{%- macro _severity_counts() -%}
    {%- do return({"error": "errors", "warn": "warnings", "info": "infos"}) -%}
{%- endmacro -%}
