{#- The nodes whose promise may differ, paired across the sides. Equal ones are skipped on raw keys,
    compared in C, because a project is large and a change is small. -#}
{%- macro _changed_pairs(prior, current, prior_facts, current_facts) -%}
    {%- set promised = ["model", "seed", "snapshot"] -%}
    {%- set found = namespace(total=0) -%}
    {%- set pairs = [] -%}
    {%- set gone = [] -%}
    {%- set added = [] -%}
    {%- set current_nodes = current.get("nodes") or {} -%}
    {%- set prior_nodes = prior.get("nodes") or {} -%}
    {#- Subscripts, because a sandboxed call costs ten times as much, and every node comes by here. -#}
    {%- for unique_id, before in prior_nodes.items() if before["resource_type"] in promised -%}
        {%- set found.total = found.total + 1 -%}
        {%- set after = current_nodes[unique_id] -%}
        {%- if not after -%} {%- do gone.append(before) -%}
        {%- elif not (
            before["checksum"] == after["checksum"]
            and before["columns"] == after["columns"]
            and before["columns"] | list == after["columns"] | list
            and before["config"] == after["config"]
            and before["access"] == after["access"]
            and before["latest_version"] == after["latest_version"]
            and before["deprecation_date"] == after["deprecation_date"]
            and before["constraints"] == after["constraints"]
            and prior_facts[unique_id] == current_facts[unique_id]
            or dbt_breaking_changes._same_promise(
                before, after, prior_facts.get(unique_id), current_facts.get(unique_id)
            )
        ) -%}
            {%- do pairs.append({"before": before, "after": after}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for unique_id, after in current_nodes.items() if after["resource_type"] in promised -%}
        {%- if unique_id not in prior_nodes -%}
            {%- do added.append(after) -%} {%- set found.total = found.total + 1 -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set current_sources = current.get("sources") or {} -%}
    {%- for unique_id, before in (prior.get("sources") or {}).items() -%}
        {%- set found.total = found.total + 1 -%}
        {%- set after = current_sources.get(unique_id) -%}
        {%- if not after -%} {%- do gone.append(before) -%}
        {%- elif not (
            before["columns"] == after["columns"]
            and dbt_breaking_changes._same_facts(
                prior_facts.get(unique_id), current_facts.get(unique_id)
            )
        ) -%}
            {%- do pairs.append({"before": before, "after": after}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._pair_successors(gone, added, pairs, current) -%}
    {%- do return({"pairs": pairs, "gone": gone, "added": added, "total": found.total}) -%}
{%- endmacro -%}

{#- A node that vanished under its unique_id may live on: renamed as declared, versioned, or as
    another resource type of the same name. Such pairs are compared column by column as well. Of
    several versions the latest is what a ref without a version reads. -#}
{%- macro _pair_successors(gone, added, pairs, current) -%}
    {%- for before in gone | list if before.resource_type != "source" -%}
        {%- set successor = namespace(node=none) -%}
        {%- for after in added if after.package_name == before.package_name -%}
            {%- if after.name == before.name and (
                after.get("version") is none
                and before.get("version") == before.get("latest_version")
                or before.get("version") is none
                and after.get("version") == after.get("latest_version")
            ) -%}
                {%- set successor.node = after -%}
                {%- elif (
                    not successor.node
                    and dbt_breaking_changes._meta(after).get("renamed_from")
                    == before.name
                ) -%}
                {%- set successor.node = after -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if successor.node -%}
            {%- do gone.remove(before) -%}
            {%- do pairs.append({"before": before, "after": successor.node}) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro -%}
