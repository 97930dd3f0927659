{#- Marks the findings that were agreed to, and reports agreements that do not hold. Every change is
    looked at, reported or not: what a lower level leaves out is no reason to call one unused. -#}
{%- macro _acknowledge(changes, walk, settings, catalogue) -%}
    {%- set problems = {} -%}
    {%- for ack in dbt_breaking_changes._acknowledgements(walk, settings, catalogue) -%}
        {%- set covered = [] -%}
        {%- for change in changes -%}
            {%- if dbt_breaking_changes._covers(ack, change, catalogue) -%}
                {%- do covered.append(change) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set problem = dbt_breaking_changes._acknowledgement_problem(
            ack, covered, walk, settings, catalogue
        ) -%}
        {%- if problem.rule -%}
            {%- set node = ack.targets[0] if ack.targets else ack.owner -%}
            {%- set about = ack.rule or "" -%}
            {%- set key = [problem.rule, node, ack.column or "", about] | join("|") -%}
            {%- do problems.update(
                {
                    key: {
                        "rule": problem.rule,
                        "node": node,
                        "column": ack.column,
                        "before": ack.rule
                        or ("its removal" if ack.tombstone else "nothing"),
                        "after": problem.after,
                        "what": " for column " ~ ack.column if ack.column else "",
                        "about": about,
                    }
                }
            ) -%}
        {%- else -%}
            {%- for change in covered -%}
                {%- do change.update(
                    {"acknowledged": {"reason": ack.reason, "expires": ack.expires}}
                ) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(problems.values() | list) -%}
{%- endmacro -%}

{#- A tombstone without a rule agrees that the node is gone, and to nothing else. -#}
{%- macro _covers(ack, change, catalogue) -%}
    {%- if change.node not in ack.targets and change.successor not in ack.targets -%}
        {%- do return(false) -%}
    {%- endif -%}
    {%- if not ack.rule -%}
        {%- do return(
            ack.tombstone
            and (
                catalogue[change.rule].effect == "relation_gone"
                or change.rule == "exposure_removed"
            )
        ) -%}
    {%- endif -%}
    {%- do return(
        ack.rule == change.rule
        and (not ack.column or ack.column | lower == (change.column or "") | lower)
    ) -%}
{%- endmacro -%}
