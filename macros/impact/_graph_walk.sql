{#- What the impact walk needs of both sides: who reads whom, and the facts about their SQL. Only
    consumers that still exist can break, but they are found by what they read before, too. -#}
{%- macro _graph_walk(prior, current, prior_facts, current_facts, has_lineage) -%}
    {%- set nodes = dbt_breaking_changes._nodes_by_id(current) -%}
    {%- set prior_nodes = dbt_breaking_changes._nodes_by_id(prior) -%}
    {%- set consumers = [
        "model",
        "snapshot",
        "test",
        "exposure",
        "metric",
        "semantic_model",
        "unit_test",
    ] -%}
    {%- set children = {} -%}
    {%- for unique_id, node in nodes.items() if node.resource_type in consumers -%}
        {%- set parents = dbt_breaking_changes._parents(node) -%}
        {%- set before = prior_nodes.get(unique_id) -%}
        {%- set former = dbt_breaking_changes._parents(before) if before else [] -%}
        {%- for parent in parents -%}
            {%- do children.setdefault(parent, []).append(unique_id) -%}
        {%- endfor -%}
        {%- if former != parents -%}
            {%- for parent in former if parent not in parents -%}
                {%- do children.setdefault(parent, []).append(unique_id) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._add_read_edges(children, nodes, current_facts) -%}
    {%- do return(
        {
            "nodes": nodes,
            "prior_nodes": prior_nodes,
            "children": children,
            "prior_facts": prior_facts,
            "current_facts": current_facts,
            "has_lineage": has_lineage,
            "downstream": {},
        }
    ) -%}
{%- endmacro -%}

{#- Some reads run past depends_on: fixtures of unit tests, and SQL inlined from ephemeral models. -#}
{%- macro _add_read_edges(children, nodes, facts) -%}
    {%- for unique_id, fact in facts.items() if unique_id in nodes -%}
        {%- for read in (fact.get("reads") or []) + (fact.get("unbound") or []) -%}
            {%- set readers = children.setdefault(read.get("parent"), []) -%}
            {%- if unique_id not in readers -%} {%- do readers.append(unique_id) -%} {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro -%}

{%- macro _parents(node) -%}
    {%- do return((node.get("depends_on") or {}).get("nodes") or []) -%}
{%- endmacro -%}
