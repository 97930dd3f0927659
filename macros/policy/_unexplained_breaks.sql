{#- A node of the current side whose SQL does not bind, for a reason that no finding gives, has a finding
    of its own. Where nobody knows whether it bound before, coverage says so. -#}
{%- macro _unexplained_breaks(made, coverage, walk, settings) -%}
    {%- set changes = [] -%}
    {%- for unique_id, facts in walk.current_facts.items() if facts.get("unbound") and unique_id in walk.nodes -%}
        {%- set open = dbt_breaking_changes._still_open(
            unique_id,
            dbt_breaking_changes._own_of(
                dbt_breaking_changes._unbound_now(unique_id, facts, walk)
            ),
            made.explained,
        ) -%}
        {%- if open and dbt_breaking_changes._bound_before(unique_id, walk) -%}
            {%- do changes.append(dbt_breaking_changes._does_not_bind(unique_id, open, walk)) -%}
        {%- elif open -%}
            {%- do coverage.not_compared.append(
                {
                    "node": unique_id,
                    "reason": "its SQL does not bind, and whether it did before is not known: "
                    ~ dbt_breaking_changes._unbound_text(
                        open[0], open[0].get("parent") or unique_id, walk
                    ),
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{%- macro _unbound_now(unique_id, facts, walk) -%}
    {#- What is compiled from columns read at run time is as old as the last run. -#}
    {%- if facts.get("introspection") -%} {%- do return([]) -%} {%- endif -%}
    {%- set before = walk.prior_facts.get(walk.former.get(unique_id, unique_id)) or {} -%}
    {%- do return(dbt_breaking_changes._unbound_since(before, facts, walk)) -%}
{%- endmacro -%}

{#- The references of its own: an expression of another node is reported with that node. -#}
{%- macro _own_of(references) -%}
    {%- set own = [] -%}
    {%- for reference in references if not reference.get("of") -%}
        {%- do own.append(reference) -%}
    {%- endfor -%}
    {%- do return(own) -%}
{%- endmacro -%}

{#- Whether a reference that does not bind now is this change's doing: the SQL bound before, was edited,
    or was not there. -#}
{%- macro _bound_before(unique_id, walk) -%}
    {%- set before = walk.prior_facts.get(walk.former.get(unique_id, unique_id)) or {} -%}
    {%- do return(
        "reads" in before
        or dbt_breaking_changes._was_edited(walk.nodes[unique_id], walk)
    ) -%}
{%- endmacro -%}

{#- The finding: the node breaks itself, and what reads it is blocked. -#}
{%- macro _does_not_bind(unique_id, references, walk) -%}
    {%- set owner = references[0].get("parent") or unique_id -%}
    {%- set text = dbt_breaking_changes._unbound_text(references[0], owner, walk) -%}
    {%- if references[0].kind == "missing" -%}
        {%- set text = text.replace("reads ", "refers to ", 1) ~ ", which does not exist" -%}
    {%- endif -%}
    {%- set judged = {
        unique_id: {
            "verdict": "breaks",
            "detail": text,
            "reference": references[0],
            "references": references,
        }
    } -%}
    {%- for other, facts in walk.current_facts.items() if other in walk.nodes -%}
        {%- for reference in facts.get("unbound") or [] if reference.get("of") == unique_id and reference in dbt_breaking_changes._unbound_now(
            other, facts, walk
        ) -%}
            {%- set detail = dbt_breaking_changes._unbound_text(
                reference, reference.get("parent") or unique_id, walk
            ) -%}
            {%- do judged.setdefault(
                other, {"verdict": "breaks", "detail": detail, "reference": reference}
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._spread(judged, "breaks", "changes", walk) -%}
    {%- set more = references | length - 1 -%}
    {%- set change = {
        "rule": "model_does_not_bind",
        "node": unique_id,
        "column": none,
        "what": text ~ (" (and " ~ more ~ " more)" if more else ""),
        "explains": [],
        "refused_by": dbt_breaking_changes._refused_by(references[0]),
        "refused_by_table": dbt_breaking_changes._refused_by_table(judged),
        "unaffected": 0,
    } -%}
    {%- do change.update(
        {"impact": dbt_breaking_changes._sorted_entries(judged, unique_id, walk)}
    ) -%}
    {%- do return(change) -%}
{%- endmacro -%}

{#- The references that no finding explains. A name that several relations could have held is listed for
    each of them: it is one reference, in one place, and one explanation is enough. -#}
{%- macro _still_open(unique_id, references, explained) -%}
    {%- set known = {} -%}
    {%- for reference in references -%}
        {%- if unique_id ~ "|" ~ dbt_breaking_changes._unbound_key(reference) in explained -%}
            {%- do known.update({dbt_breaking_changes._place_of(reference): true}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set open = [] -%}
    {%- for reference in references if dbt_breaking_changes._place_of(reference) not in known -%}
        {%- do known.update({dbt_breaking_changes._place_of(reference): true}) -%}
        {%- do open.append(reference) -%}
    {%- endfor -%}
    {%- do return(open) -%}
{%- endmacro -%}

{%- macro _place_of(reference) -%}
    {%- set place = [] -%}
    {%- for key in ["kind", "column", "clause", "path", "line", "column_number"] -%}
        {%- do place.append(reference.get(key) or "") -%}
    {%- endfor -%}
    {%- do return(place | join("|")) -%}
{%- endmacro -%}
