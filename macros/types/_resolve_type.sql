{%- macro _resolve_type(node, dialect) -%}
    {#- What a parsed type means for one adapter: its family and what comparing it needs. -#}
    {%- set words = dbt_breaking_changes._type_words(node) -%}
    {%- set sizes = node.sizes -%}
    {%- if words | length > 1 and words[-1] == "array" -%}
        {%- set words = words[:-1] -%} {%- set sizes = node.sizes or [""] -%}
    {%- endif -%}
    {%- set ns = namespace(
        type=dbt_breaking_changes._resolve_unit(words | join(" "), node, dialect)
    ) -%}
    {%- for size in sizes -%}
        {%- set ns.type = {
            "family": "array",
            "item": ns.type,
            "size": size if dialect.fixed_arrays else "",
        } -%}
    {%- endfor -%}
    {%- do return(ns.type) -%}
{%- endmacro -%}


{%- macro _type_words(node) -%}
    {#- A field's nullability, comment and collation are no part of its type. -#}
    {%- set words = node.words | map("lower") | list -%}
    {%- if words | length == 1 -%} {%- do return(words) -%} {%- endif -%}
    {%- for word in words -%}
        {%- if not loop.first and word in ["not", "comment", "collate", "default", "options"] -%}
            {%- do return(words[: loop.index0]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(words) -%}
{%- endmacro -%}


{%- macro _resolve_unit(name, node, dialect) -%}
    {%- set params = [] -%}
    {%- for argument in node.args -%}
        {%- do params.append(argument.words[0] | lower) -%}
    {%- endfor -%}
    {%- set spelled = name ~ "(" ~ params | join(",") ~ ")" if params else name -%}
    {%- set entry = dialect.names.get(spelled) or dialect.names.get(name) -%}
    {%- if name.startswith("interval") -%}
        {%- do return({"family": "interval", "name": name, "params": params}) -%}
    {%- elif not entry -%} {%- do return({"family": "unknown", "name": spelled}) -%}
    {%- elif entry[0] == "object" and node.args -%}
        {%- do return(dbt_breaking_changes._resolve_nested("struct", node, dialect)) -%}
    {%- elif entry[0] in ["array", "struct", "union", "map", "enum"] -%}
        {%- do return(dbt_breaking_changes._resolve_nested(entry[0], node, dialect)) -%}
    {%- endif -%}
    {#- SQL counts the bits of FLOAT(n): up to 24 is single precision. -#}
    {%- set single = entry[0] == "double" and params and params[0] | int <= 24 -%}
    {%- set base = "real" if single else entry[0] -%}
    {%- set spec = dbt_breaking_changes._type_specs().get(base, {"family": "other"}) -%}
    {%- set given = params if dialect.names.get(spelled) is none or not params else [] -%}
    {%- set resolved = dict(spec, name=base, params=entry[1:], assumed=false) -%}
    {%- if spec.family == "other" or base == "real" or base == "double" -%}
        {%- do resolved.update({"params": params if spec.family == "other" else []}) -%}
    {%- elif given -%}
        {%- set numbers = dbt_breaking_changes._type_numbers(given, dialect) -%}
        {%- if numbers is none -%} {%- do return({"family": "unknown", "name": spelled}) -%}
        {%- endif -%}
        {%- do resolved.update({"params": numbers}) -%}
    {%- else -%} {%- do resolved.update({"assumed": not dialect.default_parameters}) -%}
    {%- endif -%}
    {%- if spec.family in ["string", "binary"] and not dialect.lengths -%}
        {%- do resolved.update({"params": []}) -%}
    {%- endif -%}
    {%- do return(resolved) -%}
{%- endmacro -%}


{%- macro _type_numbers(params, dialect) -%}
    {#- MAX is the longest length of the adapter, or no limit when it has none. -#}
    {%- if params == ["max"] -%}
        {%- do return([dialect.max_length] if dialect.max_length else []) -%}
    {%- endif -%}
    {%- set numbers = [] -%}
    {%- for param in params -%}
        {%- if not param.removeprefix("-").isdigit() -%} {%- do return(none) -%} {%- endif -%}
        {%- do numbers.append(param | int) -%}
    {%- endfor -%}
    {%- do return(numbers) -%}
{%- endmacro -%}
