{#- Metrics and exposures that vanished, and exposures whose parents vanished under them. -#}
{%- macro _rules_elsewhere(prior, current, gone_ids) -%}
    {%- set changes = [] -%}
    {%- for section, rule in [["metrics", "metric_removed"], ["exposures", "exposure_removed"]] -%}
        {%- set kept = current.get(section) or {} -%}
        {%- for unique_id in prior.get(section) or {} if unique_id not in kept -%}
            {%- do changes.append({"rule": rule, "node": unique_id}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set kept = current.get("exposures") or {} -%}
    {%- for unique_id, exposure in (prior.get("exposures") or {}).items() if unique_id in kept -%}
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
