{#- Gives each finding its fingerprint, and names the upstream finding that it follows from. -#}
{%- macro _trace_causes(findings, walk, catalogue) -%}
    {%- set by_column = {} -%}
    {%- set by_node = {} -%}
    {%- for finding in findings -%}
        {%- set key = [finding.rule, finding.node, finding.column or ""] -%}
        {#- Of several acknowledgements on one node each is a finding of its own. -#}
        {%- if finding.about is defined -%} {%- do key.append(finding.about) -%} {%- endif -%}
        {%- do finding.update({"fingerprint": local_md5(key | join("|"))[:12]}) -%}
        {%- if finding.column and catalogue[finding.rule].effect.startswith("column_") -%}
            {%- do by_column.setdefault(
                [finding.node, finding.column.split(".")[0] | lower] | join("|"),
                finding.fingerprint,
            ) -%}
        {%- elif catalogue[finding.rule].effect == "relation_gone" -%}
            {%- do by_node.update({finding.node: finding.fingerprint}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for finding in findings -%}
        {%- set cause = none -%}
        {%- if finding.follows is mapping -%} {%- set cause = finding.follows.get("fingerprint") -%}
        {%- elif finding.follows -%} {%- set cause = by_node.get(finding.follows) -%}
        {%- elif finding.column and catalogue[finding.rule].effect.startswith("column_") -%}
            {%- set cause = dbt_breaking_changes._cause_of_column(finding, by_column, walk) -%}
        {%- endif -%}
        {%- do finding.update({"caused_by": cause}) -%}
    {%- endfor -%}
{%- endmacro -%}

{#- The finding on a column that this one is built from; facts name a renamed node as their side does. -#}
{%- macro _cause_of_column(finding, by_column, walk) -%}
    {%- set name = finding.column.split(".")[0] | lower -%}
    {%- set now = walk.successors.get(finding.node, finding.node) -%}
    {%- for facts in [walk.prior_facts.get(finding.node), walk.current_facts.get(now)] -%}
        {%- for column in (facts or {}).get("columns") or [] if column.name | lower == name -%}
            {%- for origin in column.get("from") or [] -%}
                {%- set node = walk.former.get(origin[0], origin[0]) -%}
                {%- set cause = by_column.get(node ~ "|" ~ origin[1] | lower) -%}
                {%- if cause and node != finding.node -%} {%- do return(cause) -%} {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}
