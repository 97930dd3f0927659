{#- What becomes of a consumer that names a relation in SQL, without ref, which dbt no longer builds under
    that name: "goes on" where it still names it (the table may stay where it was), "left" where it no longer
    does, the unique_id of the node that has the name now; none where it never did. Column lineage that was
    written for one side does not know what names meant on the other, so either side proves. -#}
{%- macro _named_relation(root, child, walk) -%}
    {%- set former = walk.former.get(child, child) -%}
    {%- set was = dbt_breaking_changes._named_directly(
        former, walk.prior_nodes, walk.prior_facts
    ) -%}
    {%- set now = dbt_breaking_changes._named_directly(child, walk.nodes, walk.current_facts) -%}
    {%- set listed = root in dbt_breaking_changes._listed(child, walk.nodes) -%}
    {%- if root not in was + now and not listed -%} {%- do return(none) -%} {%- endif -%}
    {%- set names = dbt_breaking_changes._lost_names(root, walk) -%}
    {%- if not names -%} {%- do return(none) -%} {%- endif -%}
    {%- set held = dbt_breaking_changes._held_name(child, walk.nodes, names, listed) -%}
    {#- What it refers to as well, as in a comment that orders the run, it names by a schema for certain. -#}
    {%- if listed -%} {%- do return("goes on" if held == "lost" else none) -%} {%- endif -%}
    {%- set edited = dbt_breaking_changes._was_edited(walk.nodes[child], walk) -%}
    {%- set owner = (now if root not in now else []) | reject("in", was) | first -%}
    {%- if owner and (held == "lost" or not edited) -%}
        {%- do return(owner if owner != walk.successors.get(root) else none) -%}
    {%- elif held == "lost" -%} {%- do return("goes on") -%}
    {%- elif dbt_breaking_changes._held_name(former, walk.prior_nodes, names) == "lost" -%}
        {%- do return("left") -%}
    {%- elif held == "kept" -%} {%- do return(none) -%}
    {%- endif -%}
    {#- A macro wrote the name. -#}
    {%- do return("left" if edited and root not in now else "goes on") -%}
{%- endmacro -%}

{#- The nodes whose relations a consumer names in its SQL on one side; what an inlined ephemeral model refers
    to is named by its ref, and fixtures and the semantic layer name no relation. -#}
{%- macro _named_directly(unique_id, nodes, facts) -%}
    {%- set beyond = (facts.get(unique_id) or {}).get("reads_beyond") or [] -%}
    {%- set apart = dbt_breaking_changes._semantic_types() + ["unit_test"] -%}
    {%- if not beyond or (nodes.get(unique_id) or {}).get("resource_type") in apart -%}
        {%- do return([]) -%}
    {%- endif -%}
    {%- do return(beyond | reject("in", dbt_breaking_changes._listed(unique_id, nodes)) | list) -%}
{%- endmacro -%}

{#- A node and the ephemeral models that dbt puts into its SQL. -#}
{%- macro _with_inlined(unique_id, nodes) -%}
    {%- set inlined = [unique_id] -%}
    {#- A for loop sees what is appended to its list meanwhile. -#}
    {%- for child in inlined -%}
        {%- for parent in dbt_breaking_changes._parents(nodes.get(child) or {}) -%}
            {%- set config = (nodes.get(parent) or {}).get("config") or {} -%}
            {%- if config.get("materialized") == "ephemeral" and parent not in inlined -%}
                {%- do inlined.append(parent) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(inlined) -%}
{%- endmacro -%}

{#- What a node and the ephemeral models in it refer to by ref and source. -#}
{%- macro _listed(unique_id, nodes) -%}
    {%- set listed = [] -%}
    {%- for inlined in dbt_breaking_changes._with_inlined(unique_id, nodes) -%}
        {%- do listed.extend(dbt_breaking_changes._parents(nodes.get(inlined) or {})) -%}
    {%- endfor -%}
    {%- do return(listed) -%}
{%- endmacro -%}

{#- The names of a node under which nothing is built any more, and those that it has now; where it only moved
    to another schema, both schemas. Empty where it kept all of its names. -#}
{%- macro _lost_names(root, walk) -%}
    {%- set before = walk.prior_nodes[root] -%}
    {%- set after = walk.nodes.get(walk.successors.get(root, root)) -%}
    {%- set was = dbt_breaking_changes._identifiers(before) -%}
    {%- set now = dbt_breaking_changes._identifiers(after) if after else [] -%}
    {%- set lost = was | reject("in", now) | list -%}
    {%- set schemas = {"lost": before.get("schema"), "kept": (after or {}).get("schema")} -%}
    {%- if lost -%} {%- do return({"lost": lost, "kept": now, "schemas": schemas}) -%}
    {%- elif not after or not dbt_breaking_changes._moved_elsewhere(before, after) -%}
        {%- do return({}) -%}
    {%- elif not before.get("schema") or before.schema == after.get("schema") -%}
        {%- do return({"lost": [], "kept": [], "schemas": schemas}) -%}
    {%- endif -%}
    {%- do return({"lost": was, "kept": now, "qualified": true, "schemas": schemas}) -%}
{%- endmacro -%}

{#- Whether the database or the schema of a node is configured otherwise, whatever it is called there. -#}
{%- macro _moved_elsewhere(before, after) -%}
    {%- set sides = [] -%}
    {%- for node in [before, after] -%}
        {%- set relation = dbt_breaking_changes._configured_relation(node) -%}
        {%- do relation.update({"alias": relation.database, "identifier": relation.database}) -%}
        {%- do sides.append({"relation": relation}) -%}
    {%- endfor -%}
    {%- do return(dbt_breaking_changes._moved_parts(sides[0], sides[1])) -%}
{%- endmacro -%}

{#- What SQL calls the relation of a node, in lower case, its view on the latest version included. -#}
{%- macro _identifiers(node) -%}
    {%- set config = node.get("config") or {} -%}
    {%- if config.get("materialized") == "ephemeral" -%} {%- do return([]) -%} {%- endif -%}
    {%- set names = [
        (node.get("identifier") or node.get("alias") or node.name) | string | lower
    ] -%}
    {%- set given = config.get("latest_version_pointer") -%}
    {%- set pointer = given if given is mapping else {"enabled": given} -%}
    {%- set latest = node.get("version") is not none and node.get("version") == node.get(
        "latest_version"
    ) -%}
    {%- if latest and pointer.get("enabled") -%}
        {%- do names.append((pointer.get("alias") or node.name) | string | lower) -%}
    {%- endif -%}
    {%- do return(names) -%}
{%- endmacro -%}

{#- Which of these names the texts of a consumer hold on one side: "lost", "kept", or none. A name that may
    be a CTE's as well counts behind its schema alone. -#}
{%- macro _held_name(unique_id, nodes, names, qualified=false) -%}
    {%- set texts = [] -%}
    {%- for inlined in dbt_breaking_changes._with_inlined(unique_id, nodes) -%}
        {%- set node = nodes.get(inlined) or {} -%}
        {%- set config = node.get("config") or {} -%}
        {%- do texts.append(node.get("raw_code")) -%}
        {#- In compiled SQL what it refers to goes by its name as well. -#}
        {%- if not qualified -%} {%- do texts.append(node.get("compiled_code")) -%} {%- endif -%}
        {%- for key in ["pre-hook", "pre_hook", "post-hook", "post_hook"] -%}
            {%- do texts.append(config.get(key)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set text = modules.re.sub("\\b(ref|source)\\s*\\([^)]*\\)", "", texts | string | lower) -%}
    {%- for kind in ["lost", "kept"] -%}
        {%- set before = "(?<![\\w$])" -%}
        {%- if names.qualified or qualified -%}
            {%- set schema = names.schemas[kind] | string | lower -%}
            {%- set before = (
                "(?:"
                ~ modules.re.escape(schema)
                ~ "\\W{1,5}|\\}\\}\\W{0,2}\\.\\W{0,2})"
            ) -%}
        {%- endif -%}
        {%- for name in names[kind] -%}
            {%- set pattern = before ~ modules.re.escape(name) ~ "(?![\\w$])" -%}
            {%- if modules.re.search(pattern, text) -%} {%- do return(kind) -%} {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}
