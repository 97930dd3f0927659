{#- What is true at this moment of a side, as {side, lineage, built, kept, missing}. Without results
    that is all of it. In on-run-end a node that this run did not build keeps what the last save says
    of it, because that is what the warehouse still holds; what is only declared counts as it stands. -#}
{%- macro _baseline_now(project, results, last, columns, lineage, with_code=false) -%}
    {%- set side = dbt_breaking_changes._baseline_side(project, with_code) -%}
    {%- set built = dbt_breaking_changes._built_nodes(results) if results is not none else none -%}
    {%- set facts = {} -%}
    {%- do facts.update((lineage or {}).get("nodes") or {}) -%}
    {%- set fresh = [] -%}
    {%- set kept = [] -%}
    {%- set missing = [] -%}
    {%- for unique_id, node in side.nodes.items() -%}
        {#- An ephemeral model leaves nothing in the warehouse; a test counts as soon as it is declared. -#}
        {%- if node["resource_type"] == "test" or node["config"]["materialized"] == "ephemeral" -%}
        {%- elif built is none or unique_id in built -%} {%- do fresh.append(node) -%}
        {%- elif last and unique_id in last.side.nodes -%} {%- do kept.append(unique_id) -%}
        {%- else -%} {%- do missing.append(unique_id) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for unique_id in kept -%}
        {%- do side.nodes.update({unique_id: last.side.nodes[unique_id]}) -%}
        {%- do facts.update({unique_id: last.lineage.nodes.get(unique_id)}) -%}
    {%- endfor -%}
    {#- What this run built met what the warehouse has now; a save, which has no code, keeps nothing of that. -#}
    {%- if built and with_code -%}
        {%- do side.update({"metadata": dict(side.metadata, built=built)}) -%}
    {%- endif -%}
    {%- if columns == "warehouse" -%}
        {%- do facts.update(dbt_breaking_changes._warehouse_facts(fresh, lineage)) -%}
    {%- endif -%}
    {%- do return(
        {
            "side": side,
            "lineage": dbt_breaking_changes._lineage_of(facts),
            "built": fresh | length,
            "kept": kept | length,
            "missing": missing,
        }
    ) -%}
{%- endmacro -%}

{#- Facts as a lineage document; none if there are none, because an empty one would claim analysis. -#}
{%- macro _lineage_of(facts) -%}
    {%- set known = {} -%}
    {%- for unique_id, fact in facts.items() if fact -%}
        {%- do known.update({unique_id: fact}) -%}
    {%- endfor -%}
    {%- if not known -%} {%- do return(none) -%} {%- endif -%}
    {%- do return(
        {
            "format_version": 1,
            "project": project_name,
            "adapter_type": adapter.type(),
            "nodes": known,
        }
    ) -%}
{%- endmacro -%}

{#- What this run built to the end, by unique_id. -#}
{%- macro _built_nodes(results) -%}
    {%- set built = {} -%}
    {%- for result in results if result.status | string == "success" -%}
        {%- if result.node.resource_type | string in ["model", "seed", "snapshot"] -%}
            {%- do built.update({result.node.unique_id: true}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(built) -%}
{%- endmacro -%}
