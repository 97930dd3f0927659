{#- Who a node's promise was made to, strongest first; the prior side made the promise. -#}
{%- macro _audience(unique_id, walk) -%}
    {%- set before = walk.prior_nodes.get(unique_id) or {} -%}
    {%- if before.get("resource_type") not in ["model", "seed", "snapshot", "source"] -%}
        {%- do return("public") -%}
    {%- endif -%}
    {%- set config = before.get("config") or {} -%}
    {%- set access = (before.get("access") or config.get("access") or "protected") | string -%}
    {%- set consumers = namespace(any=false, exposed=false) -%}
    {%- for child in walk.children.get(unique_id, []) -%}
        {%- set type = walk.nodes[child].resource_type -%}
        {%- if type not in ["test", "unit_test"] -%} {%- set consumers.any = true -%} {%- endif -%}
        {%- if type == "exposure" -%} {%- set consumers.exposed = true -%} {%- endif -%}
    {%- endfor -%}
    {%- if consumers.exposed -%} {%- do return("exposed") -%} {%- endif -%}
    {%- if access == "public" -%} {%- do return("public") -%} {%- endif -%}
    {%- if (config.get("contract") or before.get("contract") or {}).get("enforced") -%}
        {%- do return("contracted") -%}
    {%- endif -%}
    {%- if access == "private" -%} {%- do return("private") -%} {%- endif -%}
    {%- do return("protected" if consumers.any else "unconsumed") -%}
{%- endmacro -%}
