{%- macro _resolve_nested(base, node, dialect) -%}
    {%- set arguments = [] -%}
    {%- if base in ["array", "map"] -%}
        {%- for argument in node.args -%}
            {%- do arguments.append(dbt_breaking_changes._resolve_type(argument, dialect)) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if base == "array" and arguments | length < 2 -%}
        {%- set item = (
            arguments[0]
            or dialect.untyped_item
            or {"family": "unknown", "name": "array"}
        ) -%}
        {%- do return({"family": "array", "item": item, "size": ""}) -%}
    {%- elif base == "map" and arguments | length == 2 -%}
        {%- do return({"family": "map", "key": arguments[0], "value": arguments[1]}) -%}
    {%- elif base == "enum" and node.args -%}
        {%- set members = [] -%}
        {%- for argument in node.args -%} {%- do members.append(argument.words[0]) -%}
        {%- endfor -%}
        {%- do return({"family": "enum", "members": members}) -%}
    {%- elif base == "nested" -%}
        {%- set item = dbt_breaking_changes._resolve_nested("struct", node, dialect) -%}
        {%- do return({"family": "array", "item": item, "size": ""}) -%}
    {%- elif base in ["struct", "union"] and node.args -%}
        {%- set fields = [] -%}
        {%- for argument in node.args -%}
            {%- do fields.append(
                dbt_breaking_changes._resolve_field(argument, loop.index, dialect)
            ) -%}
        {%- endfor -%}
        {%- do return({"family": "struct" if base == "struct" else "other", "fields": fields}) -%}
    {%- endif -%}
    {%- do return({"family": "unknown", "name": base}) -%}
{%- endmacro -%}


{%- macro _resolve_field(node, position, dialect) -%}
    {#- A field without a name, as in ROW(integer, double precision), goes by its position. -#}
    {%- set words = dbt_breaking_changes._type_words(node) -%}
    {%- set count = node.name_words -%}
    {%- if not count -%}
        {%- set anonymous = words | length == 1 or words | join(" ") in dialect.names -%}
        {%- set count = 0 if anonymous else 1 -%}
    {%- endif -%}
    {%- set written = node.words[:count] | join(" ") if count else position | string -%}
    {%- set quote = written[0] -%}
    {%- if quote == '"' or quote == "`" -%}
        {%- set name = written[1:-1].replace(quote ~ quote, quote) -%}
    {%- else -%} {%- set name = written -%}
    {%- endif -%}
    {%- set colon = 1 if node.name_words else 0 -%}
    {%- set type_node = dict(node, words=node.words[count:], name_words=0) -%}
    {%- do return(
        {
            "name": name,
            "key": name if dialect.case_sensitive_fields else name | lower,
            "type": dbt_breaking_changes._resolve_type(type_node, dialect),
            "text": dbt_breaking_changes._type_text(node.tokens[count + colon :]),
        }
    ) -%}
{%- endmacro -%}


{%- macro _type_text(tokens) -%}
    {#- Puts a type's tokens back together the way engines print them. -#}
    {%- set ns = namespace(text=tokens | join(" ")) -%}
    {%- for token in ["(", "<", "[", ":", ")", ">", "]", ","] -%}
        {%- set ns.text = ns.text | replace(" " ~ token, token) -%}
        {%- if token in ["(", "<", "[", ":"] -%}
            {%- set ns.text = ns.text | replace(token ~ " ", token) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(ns.text) -%}
{%- endmacro -%}
