{#- What a node promises apart from its columns; before and after are interfaces. -#}
{%- macro _rules_relation(before, after, renamed, as_of) -%}
    {%- set found = [] -%}
    {%- set moved = dbt_breaking_changes._moved_parts(before, after) -%}
    {%- if renamed and moved -%}
        {%- do found.append(["model_renamed", before.name, after.name]) -%} {%- set moved = {} -%}
    {%- elif before.unique_id != after.unique_id and not moved -%}
        {%- do found.append(["model_moved", before.unique_id, after.unique_id]) -%}
    {%- endif -%}
    {%- set was, now = before.materialized, after.materialized -%}
    {%- if now == "ephemeral" and was != "ephemeral" -%}
        {%- do found.append(["model_became_ephemeral", was, now]) -%}
    {%- elif was != now -%} {%- do found.append(["materialization_changed", was, now]) -%}
    {%- endif -%}
    {%- if moved and "ephemeral" not in [was, now] -%}
        {%- set kind = "source" if before.resource_type == "source" else "model" -%}
        {%- do found.append([kind ~ "_relation_moved", moved.before, moved.after]) -%}
    {%- endif -%}
    {%- set reach = ["private", "protected", "public"] -%}
    {%- if reach.index(after.access | string) < reach.index(before.access | string) -%}
        {%- do found.append(["model_access_narrowed", before.access, after.access]) -%}
    {%- endif -%}
    {%- if before.contract and not after.contract -%}
        {%- do found.append(["contract_enforcement_removed", "enforced", none]) -%}
    {%- endif -%}
    {%- set until, now_until = before.deprecation_date, after.deprecation_date -%}
    {%- if until and now_until and now_until < until -%}
        {%- do found.append(["deprecation_date_moved_earlier", until, now_until]) -%}
    {%- endif -%}
    {%- if before.version is not none and before.version == before.latest_version -%}
        {%- if after.latest_version not in [none, before.latest_version] -%}
            {%- do found.append(
                [
                    "model_latest_version_changed",
                    before.latest_version | string,
                    after.latest_version | string,
                ]
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {%- set key = before.unique_key | map("lower") | sort | list -%}
    {%- if key and key != after.unique_key | map("lower") | sort | list -%}
        {%- do found.append(
            [
                "unique_key_changed",
                before.unique_key | join(", "),
                after.unique_key | join(", ") or none,
            ]
        ) -%}
    {%- endif -%}
    {%- set lost = before.constraints | reject("in", after.constraints) | list -%}
    {%- if after.contract and lost -%}
        {%- do found.append(["constraint_removed", lost | join(", "), none]) -%}
    {%- endif -%}
    {%- if before.time_spine and (after.time_spine or {}).get(
        "standard_granularity_column"
    ) != before.time_spine.get("standard_granularity_column") -%}
        {%- do found.append(
            [
                "time_spine_removed",
                dbt_breaking_changes._value_text(before.time_spine),
                none,
            ]
        ) -%}
    {%- endif -%}
    {%- set was = dbt_breaking_changes._pointer(before) -%}
    {%- if was and after.version == after.latest_version -%}
        {%- set now = dbt_breaking_changes._pointer(after) -%}
        {%- if was != now -%}
            {%- do found.append(["latest_version_pointer_removed", was, now]) -%}
        {%- endif -%}
    {%- endif -%}
    {%- set lost = dbt_breaking_changes._lost_grants(before, after) -%}
    {%- if lost -%} {%- do found.append(["grant_removed", lost, none]) -%} {%- endif -%}
    {%- if before.resource_type == "source" and before.freshness and not after.freshness -%}
        {%- do found.append(
            [
                "source_freshness_removed",
                dbt_breaking_changes._value_text(before.freshness),
                none,
            ]
        ) -%}
    {%- endif -%}
    {%- do found.extend(dbt_breaking_changes._rules_promises(before, after)) -%}
    {%- set changes = dbt_breaking_changes._renamed_meta_columns(before, after) -%}
    {%- for rule, was, now in found -%}
        {%- do changes.append({"rule": rule, "column": none, "before": was, "after": now}) -%}
        {%- if rule == "model_renamed" and until and until <= as_of -%}
            {%- do changes[-1].update({"announced": "deprecated since " ~ until}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{#- The parts of the address that moved: neither rendered nor written alike. -#}
{%- macro _moved_parts(before, after) -%}
    {%- set moved = {"before": [], "after": []} -%}
    {%- for part in before.relation -%}
        {%- set was, now = before.relation[part], after.relation[part] -%}
        {%- set shown = "rendered" if was.exact == now.exact else "address" -%}
        {%- if was[shown] != now[shown] and (was.written != now.written or shown == "address") -%}
            {%- do moved.before.append(part ~ " " ~ (was[shown] or "of the target")) -%}
            {%- do moved.after.append(part ~ " " ~ (now[shown] or "of the target")) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not moved.before -%} {%- do return({}) -%} {%- endif -%}
    {%- do return({"before": moved.before | join(", "), "after": moved.after | join(", ")}) -%}
{%- endmacro -%}

{#- The view without a version in its name that dbt 1.12 keeps on the latest version, where asked to. -#}
{%- macro _pointer(interface) -%}
    {%- set pointer = interface.latest_version_pointer -%}
    {%- if interface.version is none or interface.version != interface.latest_version -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set given = pointer if pointer is mapping else {"enabled": pointer} -%}
    {%- if not given.get("enabled") -%} {%- do return(none) -%} {%- endif -%}
    {%- do return(given.get("alias") or interface.name.rpartition(".v")[0]) -%}
{%- endmacro -%}
