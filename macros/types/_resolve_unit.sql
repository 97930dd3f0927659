{%- macro _resolve_unit(name, node, dialect) -%}
    {#- A type that is no array: the dialect's names say what it is and what it defaults to. -#}
    {%- if name in dialect.wrappers and node.args -%}
        {%- do return(dbt_breaking_changes._resolve_type(node.args[-1], dialect)) -%}
    {%- endif -%}
    {%- set params = [] -%}
    {%- if name in dialect.precisions -%}
        {%- do params.append(dialect.precisions[name] | string) -%}
    {%- endif -%}
    {#- A parameter in quotes is the zone that a time is shown in. -#}
    {%- for argument in node.args if not argument.words[0].startswith("'") -%}
        {%- do params.append(argument.words[0] | lower) -%}
    {%- endfor -%}
    {%- set spelled = name ~ "(" ~ params | join(",") ~ ")" if params else name -%}
    {%- set listed = dialect.names.get(spelled) -%}
    {%- set entry = listed or dialect.names.get(name) -%}
    {%- if name.startswith("interval") -%}
        {%- do return({"family": "interval", "name": spelled}) -%}
    {%- elif not entry -%} {%- do return({"family": "unknown", "name": spelled}) -%}
    {%- elif entry[0] == "object" and node.args -%}
        {%- do return(dbt_breaking_changes._resolve_nested("struct", node, dialect)) -%}
    {%- elif entry[0] in ["array", "struct", "union", "map", "enum", "nested"] -%}
        {%- do return(dbt_breaking_changes._resolve_nested(entry[0], node, dialect)) -%}
    {%- endif -%}
    {#- SQL counts the bits of FLOAT(n): up to 24 is single precision. -#}
    {%- set bits = params[0] | int if name == "float" and params else 0 -%}
    {%- set base = ("real" if bits <= 24 else "double") if bits else entry[0] -%}
    {%- set spec = dialect.specs.get(base, {"family": "other"}) -%}
    {%- set resolved = dict(spec, name=base, params=entry[1:], assumed=false) -%}
    {%- if spec.family == "other" -%} {%- do resolved.update(params=params) -%}
    {%- elif spec.parameters == false or (
        spec.family in ["string", "binary"] and not dialect.lengths
    ) -%}
        {%- do resolved.update(params=[]) -%}
    {%- elif params and not listed and spec.family != "float" -%}
        {%- set numbers = dbt_breaking_changes._type_numbers(params) -%}
        {%- if numbers is none -%} {%- do return({"family": "unknown", "name": spelled}) -%}
        {%- endif -%}
        {%- do resolved.update(params=numbers) -%}
    {%- elif spec.parameters and not params -%}
        {%- do resolved.update(assumed=not dialect.default_parameters and not resolved.params) -%}
    {%- endif -%}
    {%- do return(resolved) -%}
{%- endmacro -%}


{%- macro _type_numbers(params) -%}
    {%- set numbers = [] -%}
    {%- for param in params -%}
        {%- if not param.removeprefix("-").isdigit() -%} {%- do return(none) -%} {%- endif -%}
        {%- do numbers.append(param | int) -%}
    {%- endfor -%}
    {%- do return(numbers) -%}
{%- endmacro -%}
