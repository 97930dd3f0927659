{#- One node on both sides: its changes, and whether its columns could be compared. Columns that were
    renamed upstream, in renamed_to, are known to it, and its own are added for its consumers. -#}
{%- macro _compare_pair(
    pair,
    prior_facts,
    current_facts,
    adapter_type,
    as_of,
    coverage,
    renamed_to,
    promises
) -%}
    {%- set facts = prior_facts.get(pair.before.unique_id) -%}
    {%- set before = dbt_breaking_changes._interface(pair.before, facts, adapter_type, promises) -%}
    {%- for column in before.columns.values() if column.identity in renamed_to -%}
        {%- do column.update({"identity": renamed_to[column.identity]}) -%}
    {%- endfor -%}
    {%- set facts = current_facts.get(pair.after.unique_id) -%}
    {%- set after = dbt_breaking_changes._interface(pair.after, facts, adapter_type, promises) -%}
    {%- set same_sql = dbt_breaking_changes._same_sql(pair.before, pair.after) -%}
    {%- set was = prior_facts.get(pair.before.unique_id) or {} -%}
    {#- A macro that it calls may change what nobody could read of it. -#}
    {%- set same_macros = not was or not facts or was.get("macros") == facts.get("macros") -%}
    {%- if before == after and same_sql and (after.complete or same_macros) -%}
        {%- do return([]) -%}
    {%- endif -%}
    {%- if after.resource_type == "function" -%}
        {%- set changes = dbt_breaking_changes._rules_function(
            before, after, same_sql, adapter_type
        ) -%}
        {%- do dbt_breaking_changes._count_coverage(coverage, after.unique_id, "declared") -%}
        {%- for change in changes -%}
            {%- do change.update({"node": before.unique_id, "successor": none}) -%}
        {%- endfor -%}
        {%- do return(changes) -%}
    {%- endif -%}
    {%- set renamed = pair.before.name != pair.after.name -%}
    {%- set changes = dbt_breaking_changes._rules_relation(before, after, renamed, as_of) -%}
    {%- do changes.extend(
        dbt_breaking_changes._rules_columns(before, after, adapter_type, as_of)
    ) -%}
    {%- do dbt_breaking_changes._note_renames(pair, before, changes, renamed_to) -%}
    {%- if pair.parents_moved -%}
        {%- set changes = changes | rejectattr("rule", "equalto", "column_logic_changed") | list -%}
    {%- endif -%}
    {#- A baseline read its columns from the warehouse, an analysis infers them: that alone is no change. -#}
    {%- if (
        same_sql
        and not changes
        and before.complete
        and after.complete
        and was.get("evidence") != (facts or {}).get("evidence")
    ) -%}
        {%- do return([]) -%}
    {%- endif -%}
    {#- What a source really holds is not the project's to change: who reads more of it changes nothing. -#}
    {%- set outside = after.resource_type == "source" and not dbt_breaking_changes._moved_parts(
        before, after
    ) -%}
    {%- if outside and not changes -%} {%- do return([]) -%} {%- endif -%}
    {%- set undecided = changes | selectattr("rule", "none") | list -%}
    {#- What does not bind has no types; that it breaks is said already. -#}
    {%- for change in undecided if not (facts or {}).get("unbound") -%}
        {%- do coverage.not_compared.append(
            {
                "node": after.unique_id,
                "reason": "type of " ~ change.column ~ ": " ~ change.unknown_type,
            }
        ) -%}
    {%- endfor -%}
    {#- Documentation alone tells of documented changes, not of what new SQL does to the rest. -#}
    {%- set documented = same_sql and before.columns and after.columns -%}
    {%- set reason = after.incomplete_reason -%}
    {%- if before.incomplete_reason and not reason -%}
        {%- set reason = "prior side: " ~ before.incomplete_reason -%}
    {%- endif -%}
    {%- do dbt_breaking_changes._count_coverage(
        coverage,
        after.unique_id,
        (before.evidence if before.evidence == "declared" else after.evidence)
        or "graph",
        (
            none
            if outside
            or (documented and not facts)
            or (
                same_sql
                and before != after
                and dbt_breaking_changes._differs_beside(before, after)
            )
            else reason
        ),
    ) -%}
    {%- if (was.get("needs_compile") or (facts or {}).get("needs_compile")) and not (
        same_sql and same_macros
    ) -%}
        {%- do coverage.needs_compile.append(after.unique_id) -%}
    {%- endif -%}
    {%- for change in changes if change.rule -%}
        {%- do change.update(
            {
                "node": before.unique_id,
                "successor": (
                    after.unique_id if after.unique_id != before.unique_id else none
                ),
            }
        ) -%}
    {%- endfor -%}
    {%- do return(changes | reject("in", undecided) | list) -%}
{%- endmacro -%}

{#- Whether all that differs stands beside the columns, as grants do. -#}
{%- macro _differs_beside(before, after) -%}
    {%- set promises = dbt_breaking_changes._promises() -%}
    {%- for key in before if before[key] != after[key] -%}
        {%- if not (promises.get(key) or {}).get("beside") -%}
            {%- do return(false) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(true) -%}
{%- endmacro -%}

{#- How consumers name a column before and after, as the column lineage writes it. -#}
{%- macro _note_renames(pair, before, changes, renamed_to) -%}
    {%- set was, now = pair.before.unique_id ~ ".", pair.after.unique_id ~ "." -%}
    {%- for key in before.columns if was != now -%}
        {%- do renamed_to.update({was ~ key: now ~ key}) -%}
    {%- endfor -%}
    {%- for change in changes if change.rule == "column_renamed" -%}
        {%- do renamed_to.update({was ~ change.column | lower: now ~ change.after | lower}) -%}
    {%- endfor -%}
{%- endmacro -%}

{#- Whether all that is new in the SQL of a node is the unique_id of what it reads: identities are made of
    those. -#}
{%- macro _only_parents_moved(pair, prior_facts, current_facts, successors) -%}
    {%- set compiled = pair.before.get("compiled_code") -%}
    {%- if not (
        dbt_breaking_changes._same_sql(pair.before, pair.after)
        or (compiled and compiled == pair.after.get("compiled_code"))
    ) -%}
        {%- do return(false) -%}
    {%- endif -%}
    {%- set was = dbt_breaking_changes._parents_in_facts(
        prior_facts.get(pair.before.unique_id)
    ) -%}
    {%- set now = dbt_breaking_changes._parents_in_facts(
        current_facts.get(pair.after.unique_id)
    ) -%}
    {%- set moved = [] -%}
    {%- for parent in was -%} {%- do moved.append(successors.get(parent, parent)) -%} {%- endfor -%}
    {%- do return(was != moved and moved | sort == now | sort) -%}
{%- endmacro -%}

{%- macro _parents_in_facts(facts) -%}
    {%- set parents = {} -%}
    {%- for key in ["reads", "stars"] -%}
        {%- for read in (facts or {}).get(key) or [] -%}
            {%- do parents.update({read.parent: true}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(parents | list) -%}
{%- endmacro -%}
