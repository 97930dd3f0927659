{#- How many changed nodes could not be compared, and how many consumers could not be judged. Python models
    and exposures never can, nor can it be seen who relies on a guarantee: they are left out. -#}
{%- macro _undecided(findings, coverage, walk, catalogue) -%}
    {%- set consumers = {} -%}
    {%- set broken = {} -%}
    {%- set changed = [] -%}
    {%- for entry in coverage.not_compared if dbt_breaking_changes._decidable(entry.node, walk) -%}
        {%- do changed.append(entry.node) -%}
        {%- for consumer in entry.readers if dbt_breaking_changes._decidable(consumer, walk) -%}
            {%- do consumers.update({consumer: true}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for finding in findings if not finding.get("acknowledged") -%}
        {%- for entry in finding.impact -%}
            {%- if entry.verdict == "breaks" -%}
                {%- do broken.update({entry.node: true}) -%}
                {%- elif (
                    entry.verdict == "unknown"
                    and catalogue[finding.rule].effect != "guarantee"
                    and dbt_breaking_changes._decidable(entry.node, walk)
                ) -%}
                {%- do consumers.update({entry.node: true}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(
        {
            "changed": changed | length,
            "consumers": consumers | reject("in", broken) | list | length,
        }
    ) -%}
{%- endmacro -%}

{%- macro _decidable(unique_id, walk) -%}
    {%- set node = walk.nodes.get(unique_id) or walk.prior_nodes.get(unique_id) or {} -%}
    {%- do return(node.get("resource_type") != "exposure" and node.get("language") != "python") -%}
{%- endmacro -%}
