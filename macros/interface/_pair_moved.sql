{#- A node that vanished under its unique_id and kept its promise: another package has it now, or another
    file builds the same relation. -#}
{%- macro _pair_moved(gone, added, pairs) -%}
    {%- set taken = pairs | map(attribute="after.unique_id") | list -%}
    {%- for before in gone | list -%}
        {%- set found = [] -%}
        {%- for after in added if after.resource_type == before.resource_type and after.unique_id not in taken -%}
            {%- if dbt_breaking_changes._stands_for(before, after) -%}
                {%- do found.append(after) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do dbt_breaking_changes._pair_with_only(before, found, gone, taken, pairs) -%}
    {%- endfor -%}
{%- endmacro -%}

{#- Pairs a node that is gone with the one that was found for it; several would be a guess. -#}
{%- macro _pair_with_only(before, found, gone, taken, pairs) -%}
    {%- if found | length == 1 -%}
        {%- do taken.append(found[0].unique_id) -%}
        {%- do gone.remove(before) -%}
        {%- do pairs.append({"before": before, "after": found[0]}) -%}
    {%- endif -%}
{%- endmacro -%}

{#- Whether a new node has the name of one that is gone, in another package, or its relation. -#}
{%- macro _stands_for(before, after) -%}
    {%- set same_name = dbt_breaking_changes._display_name(
        before
    ) == dbt_breaking_changes._display_name(after) -%}
    {%- if same_name and before.package_name != after.package_name -%}
        {%- set was = dbt_breaking_changes._configured_relation(before) -%}
        {%- set now = dbt_breaking_changes._configured_relation(after) -%}
        {%- do return(
            not dbt_breaking_changes._moved_parts({"relation": was}, {"relation": now})
        ) -%}
    {%- endif -%}
    {%- set name = "identifier" if before.resource_type == "source" else "alias" -%}
    {%- for part in ["schema", name] -%}
        {%- if not before.get(part) or before[part] != after.get(part) -%}
            {%- do return(false) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(before.get("database") == after.get("database")) -%}
{%- endmacro -%}

{#- A model is proven to be renamed where a new one has its columns, by their expressions, and its rows. -#}
{%- macro _pair_proven(gone, added, pairs, prior_facts, current_facts) -%}
    {%- set taken = pairs | map(attribute="after.unique_id") | list -%}
    {%- for before in gone | list -%}
        {%- set said = dbt_breaking_changes._what_it_says(prior_facts.get(before.unique_id)) -%}
        {%- set found = [] -%}
        {%- for after in added if said and after.unique_id not in taken -%}
            {%- if after.resource_type == before.resource_type and said == (
                dbt_breaking_changes._what_it_says(current_facts.get(after.unique_id))
            ) -%}
                {%- do found.append(after) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do dbt_breaking_changes._pair_with_only(before, found, gone, taken, pairs) -%}
    {%- endfor -%}
{%- endmacro -%}

{#- The identities of all columns and of the rows; none where one of them is not known. -#}
{%- macro _what_it_says(facts) -%}
    {%- if not facts or not facts.complete or not facts.rows or not facts.columns -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set said = [facts.rows] -%}
    {%- for column in facts.columns -%}
        {%- if not column.identity -%} {%- do return(none) -%} {%- endif -%}
        {%- do said.append([column.name, column.identity]) -%}
    {%- endfor -%}
    {%- do return(said) -%}
{%- endmacro -%}
