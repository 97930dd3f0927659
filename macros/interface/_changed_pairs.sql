{#- The nodes whose promise may differ, paired across the sides. Equal ones are skipped on raw keys,
    compared in C, because a project is large and a change is small. -#}
{%- macro _changed_pairs(prior, current, prior_facts, current_facts) -%}
    {%- set found = {"pairs": [], "gone": [], "added": [], "total": 0} -%}
    {%- for section in ["nodes", "sources", "functions"] -%}
        {%- do dbt_breaking_changes._pair_section(
            found,
            prior.get(section) or {},
            current.get(section) or {},
            prior_facts,
            current_facts,
        ) -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._pair_successors(found.gone, found.added, found.pairs, current) -%}
    {%- do dbt_breaking_changes._pair_moved(found.gone, found.added, found.pairs) -%}
    {%- do dbt_breaking_changes._pair_proven(
        found.gone, found.added, found.pairs, prior_facts, current_facts
    ) -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- Subscripts, because a sandboxed call costs ten times as much, and every node comes by here. -#}
{%- macro _pair_section(found, was, now, prior_facts, current_facts) -%}
    {%- set promising = ["model", "seed", "snapshot", "source", "function"] -%}
    {%- set promised = dbt_breaking_changes._promised_keys() -%}
    {%- set count = namespace(total=found.total) -%}
    {%- for unique_id, before in was.items() if before["resource_type"] in promising -%}
        {%- set count.total = count.total + 1 -%}
        {%- set after = now[unique_id] -%}
        {%- if not after -%} {%- do found.gone.append(before) -%}
        {%- else -%}
            {%- set differing = [] -%}
            {%- for key in promised.node if before[key] != after[key] -%}
                {%- do differing.append(key) -%}
            {%- endfor -%}
            {%- if after["resource_type"] == "source" and not (
                dbt_breaking_changes._same_relation(before, after)
            ) -%}
                {%- do differing.append("relation") -%}
            {%- endif -%}
            {%- if not (
                not differing
                and before["columns"] | list == after["columns"] | list
                and prior_facts[unique_id] == current_facts[unique_id]
                or dbt_breaking_changes._same_promise(
                    before,
                    after,
                    prior_facts.get(unique_id),
                    current_facts.get(unique_id),
                    promised,
                )
            ) -%}
                {%- do found.pairs.append({"before": before, "after": after}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for unique_id, after in now.items() if after["resource_type"] in promising and unique_id not in was -%}
        {%- set count.total = count.total + 1 -%} {%- do found.added.append(after) -%}
    {%- endfor -%}
    {%- do found.update({"total": count.total}) -%}
{%- endmacro -%}

{#- A node that vanished under its unique_id may live on: renamed as declared, versioned, or as
    another resource type of the same name. Such pairs are compared column by column as well. Of
    several versions the latest is what a ref without a version reads. -#}
{%- macro _pair_successors(gone, added, pairs, current) -%}
    {%- for before in gone | list if before.resource_type not in ["source", "function"] -%}
        {%- set successor = namespace(node=none) -%}
        {%- for after in added if after.package_name == before.package_name and after.resource_type not in [
            "source",
            "function",
        ] -%}
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
