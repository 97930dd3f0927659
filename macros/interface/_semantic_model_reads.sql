{#- Column (lower-case) to the elements of a semantic model that use it, e.g. "measure revenue". The
    words of an expression that are neither text nor a function's name are taken as columns. -#}
{%- macro _semantic_model_reads(model) -%}
    {%- set reads = {} -%}
    {%- for section, kind in [
        ["entities", "entity"],
        ["dimensions", "dimension"],
        ["measures", "measure"],
    ] -%}
        {%- for element in model.get(section) or [] -%}
            {%- set expression = modules.re.sub(
                "'[^']*'", "", element.get("expr") or element.name
            ) -%}
            {%- for word in modules.re.findall(
                "[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_]*\\s*\\()", expression
            ) -%}
                {%- set users = reads.setdefault(word | lower, []) -%}
                {%- set label = kind ~ " " ~ element.name -%}
                {%- if label not in users -%} {%- do users.append(label) -%} {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(reads) -%}
{%- endmacro -%}
