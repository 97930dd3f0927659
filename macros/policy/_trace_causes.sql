{#- Gives each finding its fingerprint, and names the upstream finding that it follows from. -#}
{%- macro _trace_causes(findings, walk, catalogue) -%}
    {%- set by_column = {} -%}
    {%- set by_node = {} -%}
    {%- for finding in findings -%}
        {%- set key = [finding.rule, finding.node, finding.column or ""] | join("|") -%}
        {%- do finding.update({"fingerprint": local_md5(key)[:12]}) -%}
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
        {%- set cause = namespace(is=none) -%}
        {%- if finding.follows is mapping -%}
            {%- set cause.is = finding.follows.get("fingerprint") -%}
        {%- elif finding.follows -%} {%- set cause.is = by_node.get(finding.follows) -%}
        {%- elif finding.column and finding.fingerprint in by_column.values() -%}
            {%- for facts in [walk.prior_facts, walk.current_facts] -%}
                {%- for column in (facts.get(finding.node) or {}).get("columns") or [] if column.name | lower == finding.column.split(".")[0] | lower -%}
                    {%- for origin in column.get("from") or [] if not cause.is -%}
                        {%- set cause.is = by_column.get(origin[0] ~ "|" ~ origin[1] | lower) -%}
                    {%- endfor -%}
                {%- endfor -%}
            {%- endfor -%}
        {%- endif -%}
        {%- do finding.update({"caused_by": cause.is}) -%}
    {%- endfor -%}
{%- endmacro -%}
