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

{#- The finding on a column that this one follows from: it is built from that column, it is the same column
    of the node that makes the source's table, or nobody edited this node and it asks for columns when dbt
    compiles it. Facts name a renamed node as their side does. -#}
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
    {%- if finding.node.startswith("source.") -%}
        {%- do return(dbt_breaking_changes._cause_of_table(finding, name, by_column, walk)) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._cause_of_list(finding, name, by_column, walk)) -%}
{%- endmacro -%}

{#- A source may be the table that a seed, a snapshot or a model makes. -#}
{%- macro _cause_of_table(finding, name, by_column, walk) -%}
    {%- set source = walk.prior_nodes.get(finding.node) or {} -%}
    {%- for key in by_column if key.endswith("|" ~ name) -%}
        {%- set maker = walk.prior_nodes.get(key[: -(name | length) - 1]) or {} -%}
        {%- if maker.get("alias") and (
            dbt_breaking_changes._table_of(maker)
            == dbt_breaking_changes._table_of(source)
        ) -%}
            {%- do return(by_column[key]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{%- macro _table_of(node) -%}
    {%- set table = [] -%}
    {%- for part in [
        node.get("database"),
        node.get("schema"),
        node.get("alias") or node.get("identifier"),
    ] -%}
        {%- do table.append((part or "") | string | lower) -%}
    {%- endfor -%}
    {%- do return(table) -%}
{%- endmacro -%}

{#- A macro may make columns from the list of another relation's, under the same name or another one. -#}
{%- macro _cause_of_list(finding, name, by_column, walk) -%}
    {%- set now = walk.successors.get(finding.node, finding.node) -%}
    {%- set before = walk.prior_facts.get(finding.node) or {} -%}
    {%- set asked = (before.get("asks") or []) + (
        (walk.current_facts.get(now) or {}).get("asks") or []
    ) -%}
    {%- if not asked or now not in walk.nodes or dbt_breaking_changes._was_edited(
        walk.nodes[now], walk
    ) -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set parts, any = {}, {} -%}
    {%- for parent in asked -%}
        {%- set parent = walk.former.get(parent, parent) -%}
        {%- for key in by_column if key.startswith(parent ~ "|") -%}
            {%- set column = key[parent | length + 1 :] -%}
            {%- if column == name -%} {%- do return(by_column[key]) -%} {%- endif -%}
            {%- do any.update({by_column[key]: true}) -%}
            {#- The longest name that the column's own name holds. -#}
            {%- if column in name -%}
                {%- do parts.update({"%06d|" | format(column | length) ~ key: by_column[key]}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if parts -%} {%- do return(parts[parts | sort | last]) -%} {%- endif -%}
    {%- do return((any | list)[0] if any | length == 1 else none) -%}
{%- endmacro -%}
