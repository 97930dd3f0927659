{#- Verdicts when a relation went away, moved, or another version took its name: dbt's own edges
    prove most of them, and what a consumer reads instead has to bind. -#}
{%- macro _impact_of_relation(change, effect, walk) -%}
    {%- set judged = {} -%}
    {%- for child in walk.children.get(change.node, []) -%}
        {%- set verdict = (
            {
                "verdict": "unknown" if effect != "version" else none,
                "detail": "what it queries outside dbt is not known",
            }
            if walk.nodes[child].resource_type == "exposure"
            else dbt_breaking_changes._verdict_on_referrer(change, effect, child, walk)
        ) -%}
        {%- if verdict.verdict -%} {%- do judged.update({child: verdict}) -%} {%- endif -%}
    {%- endfor -%}
    {%- if effect != "relation_moved" -%}
        {%- do dbt_breaking_changes._spread(judged, "breaks", "changes", walk) -%}
    {%- endif -%}
    {%- do return(judged) -%}
{%- endmacro -%}

{#- A ref without a version follows the latest one by itself: its SQL is the same, what it reads is not. -#}
{%- macro _verdict_on_referrer(change, effect, child, walk) -%}
    {%- set root = change.node -%}
    {%- set now = dbt_breaking_changes._parents(walk.nodes[child]) -%}
    {%- set prior = walk.prior_nodes.get(walk.former.get(child, child)) or {} -%}
    {%- set was = dbt_breaking_changes._parents(prior) -%}
    {#- The name without a version follows the latest one, too. -#}
    {%- if effect == "version" -%}
        {%- set now = now + ((walk.current_facts.get(child) or {}).get("reads_beyond") or []) -%}
        {%- set was = was + ((walk.prior_facts.get(child) or {}).get("reads_beyond") or []) -%}
    {%- endif -%}
    {%- set named = (
        dbt_breaking_changes._named_relation(root, child, walk)
        if effect != "version"
        else none
    ) -%}
    {%- if named -%} {%- do return(dbt_breaking_changes._verdict_on_namer(named, root, walk)) -%}
    {%- elif effect == "relation_moved" or (root in now and effect == "version") -%}
        {%- do return({"verdict": none}) -%}
    {%- elif root in now -%}
        {%- do return(
            {
                "verdict": "breaks",
                "detail": "still refers to it",
                "references": (walk.current_facts.get(child) or {}).get("unbound") or [],
            }
        ) -%}
    {%- elif root not in was -%} {%- do return({"verdict": none}) -%}
    {%- endif -%}
    {%- set broken = [] -%}
    {%- for unbound in (walk.current_facts.get(child) or {}).get("unbound") or [] -%}
        {%- if unbound.parent and unbound.parent not in was + [child, walk.successors.get(root)] -%}
            {%- do broken.append(unbound) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if broken -%}
        {%- do return(
            {
                "verdict": "breaks",
                "detail": dbt_breaking_changes._unbound_text(
                    broken[0], broken[0].parent, walk
                ),
                "reference": broken[0],
                "references": broken,
            }
        ) -%}
    {%- endif -%}
    {%- set same_sql = prior.get("checksum") == walk.nodes[child].get("checksum") -%}
    {%- for parent in now if parent not in was and parent in walk.nodes -%}
        {%- set name = dbt_breaking_changes._display_name(walk.nodes[parent]) -%}
        {%- if walk.nodes[parent].name == walk.prior_nodes[root].name and (
            same_sql or effect == "version"
        ) and not change.successor -%}
            {%- do return({"verdict": "changes", "detail": "reads " ~ name ~ " now"}) -%}
        {%- elif parent == change.successor -%}
            {%- do return({"verdict": "adapted", "detail": "refers to " ~ name ~ " now"}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return({"verdict": "adapted", "detail": "no longer refers to it"}) -%}
{%- endmacro -%}

{#- The verdict on a consumer that names a relation in SQL which is that node's no longer. -#}
{%- macro _verdict_on_namer(named, root, walk) -%}
    {%- if named == "left" -%}
        {%- do return({"verdict": "adapted", "detail": "no longer names its relation"}) -%}
    {%- elif named != "goes on" -%}
        {%- set detail = "reads " ~ dbt_breaking_changes._name_of(named, walk) ~ " now" -%}
        {%- do return({"verdict": "changes", "detail": detail}) -%}
    {%- endif -%}
    {%- set detail = (
        "names its former relation without source"
        if walk.prior_nodes[root].resource_type == "source"
        else "names its relation without ref, and nothing builds that any more"
    ) -%}
    {%- do return({"verdict": "unknown", "detail": detail}) -%}
{%- endmacro -%}
