{#- Marks the findings that were agreed to, and reports agreements that do not hold. -#}
{%- macro _acknowledge(changes, walk, settings, catalogue) -%}
    {%- set problems = [] -%}
    {%- for ack in dbt_breaking_changes._acknowledgements(walk, settings) -%}
        {%- set covered = [] -%}
        {%- for change in changes if change.node in ack.targets -%}
            {%- if (not ack.rule or ack.rule == change.rule) and (
                not ack.column or ack.column | lower == (change.column or "") | lower
            ) -%}
                {%- do covered.append(change) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set problem = namespace(rule=none, after=none) -%}
        {%- if ack.rule and ack.rule not in catalogue -%}
            {%- set problem.rule = "unknown_rule" -%}
            {%- set nearest = dbt_breaking_changes._nearest(ack.rule, catalogue.keys() | list) -%}
            {%- set problem.after = "is not a rule; did you mean " ~ nearest ~ "?" -%}
        {%- elif not ack.reason -%} {%- set problem.rule = "acknowledgement_without_reason" -%}
        {%- elif ack.expires and ack.expires < settings.as_of -%}
            {%- set problem.rule = "acknowledgement_expired" -%}
            {%- set problem.after = ack.expires -%}
        {%- elif not covered -%} {%- set problem.rule = "acknowledgement_unused" -%}
        {%- else -%}
            {%- for change in covered -%}
                {%- do change.update(
                    {"acknowledged": {"reason": ack.reason, "expires": ack.expires}}
                ) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- if problem.rule -%}
            {%- do problems.append(
                {
                    "rule": problem.rule,
                    "node": ack.targets[0] if ack.targets else ack.owner,
                    "column": ack.column,
                    "before": ack.rule or "every rule",
                    "after": problem.after,
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(problems) -%}
{%- endmacro -%}
