{#- Metrics and exposures that vanished, and exposures whose parents vanished under them. -#}
{%- macro _rules_elsewhere(prior, current, gone_ids) -%}
    {%- set changes = [] -%}
    {%- for section, rule in [
        ["metrics", "metric_removed"],
        ["saved_queries", "saved_query_removed"],
        ["exposures", "exposure_removed"],
    ] -%}
        {%- set kept = current.get(section) or {} -%}
        {%- for unique_id in prior.get(section) or {} if unique_id not in kept -%}
            {%- do changes.append({"rule": rule, "node": unique_id}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set kept = current.get("exposures") or {} -%}
    {%- for unique_id, exposure in (prior.get("exposures") or {}).items() if unique_id in kept -%}
        {%- do changes.extend(dbt_breaking_changes._rules_owner(exposure, kept[unique_id])) -%}
        {%- set lost = [] -%}
        {%- for parent in (exposure.get("depends_on") or {}).get("nodes") or [] if parent in gone_ids -%}
            {%- do lost.append(parent) -%}
        {%- endfor -%}
        {%- if lost -%}
            {%- do changes.append(
                {
                    "rule": "exposure_dependency_broken",
                    "node": unique_id,
                    "before": lost | join(", "),
                    "follows": lost[0],
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{#- The owner is whom a report about the exposure's parents is for. -#}
{%- macro _rules_owner(before, after) -%}
    {%- set owners = [] -%}
    {%- for exposure in [before, after] -%}
        {%- set owner = exposure.get("owner") or {} -%}
        {%- do owners.append([owner.get("name"), owner.get("email")] | select | join(" ")) -%}
    {%- endfor -%}
    {%- if not owners[0] or owners[0] == owners[1] -%} {%- do return([]) -%} {%- endif -%}
    {%- do return(
        [
            {
                "rule": "exposure_owner_changed",
                "node": before.unique_id,
                "before": owners[0],
                "after": owners[1] or none,
            }
        ]
    ) -%}
{%- endmacro -%}
