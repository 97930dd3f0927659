{#- Who a node's promise was made to, strongest first; the prior side made the promise. -#}
{%- macro _audience(unique_id, walk) -%}
    {%- set before = walk.prior_nodes.get(unique_id) or walk.nodes.get(unique_id) or {} -%}
    {%- if before.get("resource_type") not in [
        "model",
        "seed",
        "snapshot",
        "source",
        "function",
    ] -%}
        {%- do return("public") -%}
    {%- endif -%}
    {%- set config = before.get("config") or {} -%}
    {%- set access = (before.get("access") or config.get("access") or "protected") | string -%}
    {%- set consumers = [] -%}
    {%- for child in walk.former_consumers.get(unique_id, []) -%}
        {%- do consumers.append(walk.prior_nodes[child].resource_type) -%}
    {%- endfor -%}
    {%- for child in walk.children.get(unique_id, []) -%}
        {%- do consumers.append(walk.nodes[child].resource_type) -%}
    {%- endfor -%}
    {#- Nothing outside the project can read what has no relation. -#}
    {%- if config.get("materialized") == "ephemeral" -%}
        {%- do return("ephemeral") -%}
    {%- endif -%}
    {%- if "exposure" in consumers -%} {%- do return("exposed") -%} {%- endif -%}
    {%- if access == "public" -%} {%- do return("public") -%} {%- endif -%}
    {%- if (config.get("contract") or before.get("contract") or {}).get("enforced") -%}
        {%- do return("contracted") -%}
    {%- endif -%}
    {%- if access == "private" -%} {%- do return("private") -%} {%- endif -%}
    {%- set consumers = consumers | reject("in", ["test", "unit_test"]) | list -%}
    {%- do return("protected" if consumers else "unconsumed") -%}
{%- endmacro -%}
