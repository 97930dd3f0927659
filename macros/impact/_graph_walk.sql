{#- What the impact walk needs of both sides: who reads whom, and the facts about their SQL. Only
    consumers that still exist can break, but they are found by what they read before, too. -#}
{%- macro _graph_walk(prior, current, prior_facts, current_facts, has_lineage, successors) -%}
    {%- set nodes = dbt_breaking_changes._nodes_by_id(current) -%}
    {%- set prior_nodes = dbt_breaking_changes._nodes_by_id(prior) -%}
    {%- set consumers = [
        "model",
        "snapshot",
        "test",
        "exposure",
        "metric",
        "semantic_model",
        "saved_query",
        "function",
        "analysis",
        "unit_test",
        "operation",
    ] -%}
    {%- set children = {} -%}
    {%- for unique_id, node in nodes.items() if node["resource_type"] in consumers -%}
        {%- set parents = (node["depends_on"] or {})["nodes"] or [] -%}
        {%- for parent in parents -%}
            {%- do children.setdefault(parent, []).append(unique_id) -%}
        {%- endfor -%}
        {%- set former = (
            (prior_nodes[unique_id]["depends_on"] or {})["nodes"]
            if unique_id in prior_nodes
            else []
        ) -%}
        {%- if former and former != parents -%}
            {%- for parent in former if parent not in parents -%}
                {%- do children.setdefault(parent, []).append(unique_id) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for facts in [current_facts, prior_facts] -%}
        {%- do dbt_breaking_changes._add_read_edges(children, nodes, facts) -%}
    {%- endfor -%}
    {%- set former = {} -%}
    {%- for unique_id, successor in successors.items() -%}
        {%- do former.update({successor: unique_id}) -%}
        {%- set consumers = children.get(unique_id, []) -%}
        {%- for consumer in children.get(successor, []) if consumer not in consumers -%}
            {%- do consumers.append(consumer) -%}
        {%- endfor -%}
        {%- do children.update({unique_id: consumers, successor: consumers}) -%}
    {%- endfor -%}
    {%- do return(
        {
            "adapter_type": (current.get("metadata") or {}).get("adapter_type")
            or (prior.get("metadata") or {}).get("adapter_type"),
            "project": (current.get("metadata") or {}).get("project_name"),
            "nodes": nodes,
            "prior_nodes": prior_nodes,
            "children": children,
            "former_consumers": dbt_breaking_changes._former_consumers(
                prior_nodes, nodes, consumers
            ),
            "built": (current.get("metadata") or {}).get("built") or {},
            "successors": successors,
            "former": former,
            "prior_facts": prior_facts,
            "current_facts": current_facts,
            "has_lineage": has_lineage,
            "measures": dbt_breaking_changes._measures(current),
            "saved_queries": current.get("saved_queries") or {},
            "downstream": {},
            "lines": {},
            "judged": {},
            "indexed": {"prior": {}, "current": {}},
        }
    ) -%}
{%- endmacro -%}

{#- Some reads run past depends_on: relations that SQL names without ref, fixtures of unit tests, and
    SQL inlined from ephemeral models. -#}
{%- macro _add_read_edges(children, nodes, facts) -%}
    {%- for unique_id, fact in facts.items() if fact["reads_beyond"] and unique_id in nodes -%}
        {%- for parent in fact["reads_beyond"] -%}
            {%- set consumers = children.setdefault(parent, []) -%}
            {%- if unique_id not in consumers -%}
                {%- do consumers.append(unique_id) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro -%}

{#- The consumers removed in the same change: they still count as audience. -#}
{%- macro _former_consumers(prior_nodes, nodes, consumers) -%}
    {%- set gone = {} -%}
    {%- for unique_id, node in prior_nodes.items() if unique_id not in nodes and node["resource_type"] in consumers -%}
        {%- for parent in dbt_breaking_changes._parents(node) -%}
            {%- do gone.setdefault(parent, []).append(unique_id) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(gone) -%}
{%- endmacro -%}

{%- macro _parents(node) -%}
    {%- do return((node.get("depends_on") or {}).get("nodes") or []) -%}
{%- endmacro -%}
