{#- Both sides with their lineage. Sides are cut alike when one of them is a saved one, so that equal
    nodes can be skipped whole. -#}
{%- macro _sides(prior, current, settings) -%}
    {%- set now = dbt_breaking_changes._compared_now(prior, current, settings) -%}
    {%- set saved = prior.get("baseline") -%}
    {%- if not saved -%}
        {%- do return(
            {
                "prior": (
                    dbt_breaking_changes._baseline_side(prior.side)
                    if current == "warehouse"
                    else prior.side
                ),
                "prior_lineage": dbt_breaking_changes._lineage_for(
                    settings.prior_lineage,
                    prior.folder,
                    dbt_breaking_changes._nodes_by_id(prior.side),
                ),
                "current": now.side,
                "current_lineage": now.lineage,
            }
        ) -%}
    {%- endif -%}
    {%- do return(
        {
            "prior": saved.side,
            "prior_lineage": dbt_breaking_changes._facts_worth_comparing(
                saved, now.side, now.lineage
            ),
            "current": now.side,
            "current_lineage": now.lineage,
        }
    ) -%}
{%- endmacro -%}

{#- The current side: the project as parsed, or with current: warehouse what this run built of it. -#}
{%- macro _compared_now(prior, current, settings) -%}
    {%- set target = invocation_args_dict.get("target_path") or "target" -%}
    {%- set side = dbt_breaking_changes._current_side() -%}
    {%- do side.update(dbt_breaking_changes._parsed_extras()) -%}
    {%- set lineage = dbt_breaking_changes._lineage_for(
        settings.lineage, target, dbt_breaking_changes._nodes_by_id(side)
    ) -%}
    {%- if current is none -%}
        {%- do return(
            {
                "side": (
                    dbt_breaking_changes._baseline_side(side, with_code=true)
                    if prior.get("baseline")
                    else side
                ),
                "lineage": lineage,
            }
        ) -%}
    {%- endif -%}
    {%- do dbt_breaking_changes._require_one_of("current", current, ["warehouse"]) -%}
    {%- set last = (
        prior.baseline
        if prior.get("newest")
        else dbt_breaking_changes._baseline_prior()
    ) -%}
    {%- do return(
        dbt_breaking_changes._baseline_now(
            side, dbt_breaking_changes._run_results(), last, "warehouse", lineage, true
        )
    ) -%}
{%- endmacro -%}

{#- Facts that only the saved side has say nothing about a node that did not change. -#}
{%- macro _facts_worth_comparing(saved, side, lineage) -%}
    {%- set known = (lineage or {}).get("nodes") or {} -%}
    {%- set promised = dbt_breaking_changes._promised_keys() -%}
    {%- set facts = {} -%}
    {%- for unique_id, fact in saved.lineage.nodes.items() -%}
        {%- set before = saved.side.nodes.get(unique_id) or {} -%}
        {%- set after = side.nodes.get(unique_id) or {} -%}
        {%- if known.get(unique_id) or not dbt_breaking_changes._same_promise(
            before, after, none, none, promised
        ) -%}
            {%- do facts.update({unique_id: fact}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return({"format_version": 1, "nodes": facts}) -%}
{%- endmacro -%}
