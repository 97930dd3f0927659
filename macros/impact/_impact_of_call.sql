{#- Who calls a function whose arguments or return type changed, judged call by call. -#}
{%- macro _impact_of_call(change, walk) -%}
    {%- set judged = {} -%}
    {%- set now = walk.nodes[walk.successors.get(change.node, change.node)] -%}
    {%- for child in walk.children.get(change.node, []) -%}
        {%- set verdict = dbt_breaking_changes._judge_caller(
            change, walk.prior_nodes[change.node], now, child, walk
        ) -%}
        {%- if verdict -%} {%- do judged.update({child: verdict}) -%} {%- endif -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._spread(judged, "unknown", "unknown", walk) -%}
    {%- do dbt_breaking_changes._spread(judged, "breaks", "changes", walk) -%}
    {%- do return(judged) -%}
{%- endmacro -%}

{#- One caller; none where its calls still fit and give what they gave. -#}
{%- macro _judge_caller(change, before, after, child, walk) -%}
    {%- set node = walk.nodes[child] -%}
    {%- set facts = walk.current_facts.get(child) or {} -%}
    {%- set prior = walk.prior_facts.get(walk.former.get(child, child)) or {} -%}
    {%- set edited = dbt_breaking_changes._was_edited(node, walk) -%}
    {%- set detail = "calls it" ~ ("; its SQL was edited as well" if edited else "") -%}
    {%- set untold = {
        "verdict": "unknown",
        "detail": detail ~ "; whether the call still fits is not known",
    } -%}
    {%- if dbt_breaking_changes._unreadable(node, facts) or "calls" not in facts -%}
        {%- do return(untold) -%}
    {%- endif -%}
    {%- set made = facts.calls | selectattr("parent", "equalto", after.unique_id) | list -%}
    {%- set former = (
        (prior.get("calls") or [])
        | selectattr("parent", "equalto", before.unique_id)
        | list
    ) -%}
    {%- if not made -%}
        {%- do return(
            {"verdict": "adapted", "detail": "no longer calls it"} if former else none
        ) -%}
        {%- elif (
            after.get("overloads")
            or (before.config or {}).get("type", "scalar")
            != (after.config or {}).get("type", "scalar")
        ) -%}
        {%- do return(untold) -%}
    {%- endif -%}
    {%- if change.rule == "function_return_type_changed" -%}
        {%- do return(dbt_breaking_changes._judge_result(prior, facts, change, made[0], walk)) -%}
    {%- endif -%}
    {%- set worst = {} -%}
    {%- for call in made -%}
        {%- set verdict = dbt_breaking_changes._judge_arguments(
            call, before, after, walk.adapter_type
        ) -%}
        {%- do worst.update({verdict.verdict: verdict} if verdict else {}) -%}
    {%- endfor -%}
    {%- for verdict in dbt_breaking_changes._verdicts() if verdict in worst -%}
        {%- do return(worst[verdict]) -%}
    {%- endfor -%}
    {%- set given = made | map(attribute="arguments") | list -%}
    {%- if former and former | map(attribute="arguments") | list != given -%}
        {%- do return({"verdict": "adapted", "detail": "gives it other arguments now"}) -%}
    {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- Whether a call fits the arguments that a function takes now, as far as their number and their declared
    types say; an engine takes a narrower type for a wider one. -#}
{%- macro _judge_arguments(call, before, after, adapter_type) -%}
    {%- set taken = after.get("arguments") or [] -%}
    {%- set was = before.get("arguments") or [] -%}
    {%- set required = [] -%}
    {%- for argument in taken if argument.get("default_value") is none -%}
        {%- do required.append(argument.name) -%}
    {%- endfor -%}
    {%- if call.arguments < required | length or call.arguments > taken | length -%}
        {%- set detail = "gives it " ~ call.arguments ~ " of " ~ taken | length ~ " arguments" -%}
        {%- do return({"verdict": "breaks", "detail": detail, "reference": call}) -%}
    {%- endif -%}
    {%- set found = [] -%}
    {%- for argument in taken[: [call.arguments, was | length] | min] -%}
        {%- set former = was[loop.index0] -%}
        {%- set type = dbt_breaking_changes._classify_type_change(
            former.data_type, argument.data_type, adapter_type
        ).class -%}
        {%- if type == "widened" -%}
            {%- do found.append(["changes", argument.name, argument.data_type]) -%}
        {%- elif type != "same" -%}
            {%- do found.append(["unknown", argument.name, argument.data_type]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for verdict, name, type in found | sort(reverse=true) -%}
        {%- set doubt = "; whether the call still fits is not known" -%}
        {%- set detail = (
            "gives it "
            ~ name
            ~ ", which is "
            ~ type
            ~ " now"
            ~ (doubt if verdict == "unknown" else "")
        ) -%}
        {%- do return({"verdict": verdict, "detail": detail, "reference": call}) -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- What a caller makes of a result of another type: its SQL has been bound with that type. -#}
{%- macro _judge_result(before, after, change, call, walk) -%}
    {%- set broken = (
        dbt_breaking_changes._unbound_since(before, after, walk)
        | selectattr("kind", "equalto", "type")
        | list
    ) -%}
    {%- if broken -%}
        {%- do return(
            {
                "verdict": "breaks",
                "detail": dbt_breaking_changes._unbound_text(
                    broken[0], broken[0].get("parent") or change.node, walk
                ),
                "reference": broken[0],
                "references": broken,
            }
        ) -%}
    {%- endif -%}
    {%- set detail = "calls it, and gets " ~ change.after -%}
    {%- do return({"verdict": "changes", "detail": detail, "reference": call}) -%}
{%- endmacro -%}
