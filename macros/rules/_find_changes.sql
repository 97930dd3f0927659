{#- Every difference between two sides, one dict each, and what could be compared. Nothing here knows
    of severities, levels or consumers. -#}
{%- macro _find_changes(prior, current, prior_facts, current_facts, settings) -%}
    {%- set adapter_type = current.metadata.get("adapter_type") or prior.metadata.get(
        "adapter_type"
    ) -%}
    {%- set paired = dbt_breaking_changes._changed_pairs(
        prior, current, prior_facts, current_facts
    ) -%}
    {%- set coverage = {
        "nodes": paired.total,
        "changed": 0,
        "compared": 0,
        "by_evidence": {},
        "not_compared": dbt_breaking_changes._unknown_entries(prior, current),
        "needs_compile": [],
    } -%}
    {%- set packages = dbt_breaking_changes._package_changes(prior, current) -%}
    {%- if packages -%} {%- do coverage.update({"packages": packages}) -%} {%- endif -%}
    {%- set changes = [] -%}
    {%- set successors = {} -%}
    {%- for pair in paired.pairs if pair.before.unique_id != pair.after.unique_id -%}
        {%- do successors.update({pair.before.unique_id: pair.after.unique_id}) -%}
    {%- endfor -%}
    {%- for before in paired.gone -%}
        {%- do changes.append(
            dbt_breaking_changes._rules_gone(
                before, current, paired.added, settings.as_of
            )
        ) -%}
        {%- do dbt_breaking_changes._count_coverage(coverage, before.unique_id, "graph") -%}
    {%- endfor -%}
    {%- for pair in paired.pairs if successors -%}
        {%- do pair.update(
            {
                "parents_moved": dbt_breaking_changes._only_parents_moved(
                    pair, prior_facts, current_facts, successors
                )
            }
        ) -%}
    {%- endfor -%}
    {%- set renamed_to = {} -%}
    {%- set promises = dbt_breaking_changes._promises() -%}
    {%- for pair in dbt_breaking_changes._in_dependency_order(paired.pairs) -%}
        {%- do changes.extend(
            dbt_breaking_changes._compare_pair(
                pair,
                prior_facts,
                current_facts,
                adapter_type,
                settings.as_of,
                coverage,
                renamed_to,
                promises,
            )
        ) -%}
    {%- endfor -%}
    {%- set gone_ids = paired.gone | map(attribute="unique_id") | list -%}
    {%- do changes.extend(dbt_breaking_changes._rules_elsewhere(prior, current, gone_ids)) -%}
    {%- do changes.extend(dbt_breaking_changes._rules_semantic_layer(prior, current)) -%}
    {%- set gone_columns = {} -%}
    {%- for change in changes if change.rule in ["column_removed", "column_renamed"] -%}
        {%- do gone_columns.setdefault(change.node, {}).update({change.column | lower: change}) -%}
    {%- endfor -%}
    {%- do changes.extend(
        dbt_breaking_changes._rules_semantic_models(
            current, gone_columns, successors, current_facts
        )
    ) -%}
    {%- do changes.extend(
        dbt_breaking_changes._rules_guarantees(prior, current, gone_columns, successors)
    ) -%}
    {%- do return({"changes": changes, "coverage": coverage, "successors": successors}) -%}
{%- endmacro -%}
