{#- A cause with its place, whom it concerns, what follows from it, and what to do: once for a rule. -#}
{%- macro _finding_lines(group, names, view, left_out, fixes) -%}
    {%- set change = group.cause -%}
    {%- set label = "acknowledged" if change.acknowledged else change.severity -%}
    {%- set lines = dbt_breaking_changes._wrapped(
        "%-7s " | format(label), change.rule ~ ": " ~ change.message, view
    ) -%}
    {%- if change.path -%}
        {%- do lines.append(
            "        at " ~ change.path ~ (":" ~ change.line if change.line else "")
        ) -%}
    {%- endif -%}
    {%- do lines.extend(dbt_breaking_changes._why_lines(change, view)) -%}
    {%- set consumers = change.impact if view.full else group.consumers -%}
    {%- do lines.extend(dbt_breaking_changes._impact_lines(consumers, names, view, left_out)) -%}
    {%- if group.followers and not view.full -%}
        {%- do lines.append(dbt_breaking_changes._follower_line(group.followers, names, view)) -%}
    {%- endif -%}
    {%- set elsewhere = dbt_breaking_changes._elsewhere_text(group) -%}
    {%- if elsewhere -%} {%- do lines.append("        " ~ elsewhere) -%} {%- endif -%}
    {%- if change.unaffected -%}
        {%- do lines.append("        not affected: " ~ change.unaffected ~ " downstream") -%}
    {%- endif -%}
    {%- if change.acknowledged -%}
        {%- set reason = "agreed: " ~ change.acknowledged.reason -%}
        {%- set until = " (until " ~ change.acknowledged.expires ~ ")" -%}
        {%- do lines.extend(
            dbt_breaking_changes._wrapped(
                "        ", reason ~ (until if change.acknowledged.expires else ""), view
            )
        ) -%}
    {%- elif view.full or change.fix not in fixes -%}
        {%- do fixes.update({change.fix: true}) -%}
        {%- do lines.extend(
            dbt_breaking_changes._wrapped("        ", "fix: " ~ change.fix, view)
        ) -%}
    {%- endif -%}
    {%- if view.full -%}
        {%- do lines.extend(
            dbt_breaking_changes._followers_in_full(
                group.followers, names, view, left_out, fixes
            )
        ) -%}
    {%- endif -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{#- How many consumers of a cause are listed with other findings that hurt them more. With followers the
    others may be theirs, which are named with it. -#}
{%- macro _elsewhere_text(group) -%}
    {%- set count = group.cause.elsewhere -%}
    {%- if not count or group.followers -%} {%- do return("") -%} {%- endif -%}
    {%- do return(
        count
        ~ (
            " more consumer, listed with another finding"
            if count == 1
            else " more consumers, listed with other findings"
        )
    ) -%}
{%- endmacro -%}

{#- What a finding rests on, and why it has its severity. -#}
{%- macro _why_lines(change, view) -%}
    {%- set parts = [] -%}
    {%- if change.before and change.rule == "column_removed" -%}
        {%- do parts.append("was " ~ change.before) -%}
    {%- endif -%}
    {%- if change.evidence -%} {%- do parts.append("evidence: " ~ change.evidence) -%} {%- endif -%}
    {%- if change.severity_reason -%}
        {%- do parts.append(change.severity ~ " because: " ~ change.severity_reason) -%}
    {%- endif -%}
    {%- do return(
        dbt_breaking_changes._wrapped("        ", parts | join(", "), view)
        if parts
        else []
    ) -%}
{%- endmacro -%}

{#- What follows from a cause, each as a finding of its own below it. -#}
{%- macro _followers_in_full(followers, names, view, left_out, fixes) -%}
    {%- set lines = ["        follows from it:"] if followers else [] -%}
    {%- for follower in followers -%}
        {%- set alone = {"cause": follower, "followers": [], "consumers": []} -%}
        {%- for line in dbt_breaking_changes._finding_lines(alone, names, view, left_out, fixes) -%}
            {%- do lines.append("    " ~ line) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{#- What follows from a cause, as one line. -#}
{%- macro _follower_line(followers, names, view) -%}
    {%- set subjects = {} -%}
    {%- for follower in followers -%}
        {%- set column = "." ~ follower.column if follower.column else "" -%}
        {%- do subjects.update({names[follower.node] ~ column: true}) -%}
    {%- endfor -%}
    {%- set listed = subjects | list -%}
    {%- set rest = listed | length - 3 if listed | length > 4 else 0 -%}
    {%- set shown = (listed[:3] if rest else listed) | join(", ") -%}
    {%- set count = followers | length -%}
    {%- set verb = "one finding follows: " if count == 1 else count ~ " findings follow: " -%}
    {%- do return(
        dbt_breaking_changes._fitting(
            "        " ~ verb, shown ~ (" and " ~ rest ~ " more" if rest else ""), view
        )
    ) -%}
{%- endmacro -%}

{#- A text over up to four lines, each as wide as the view, the later ones indented. -#}
{%- macro _wrapped(head, text, view) -%}
    {%- if view.full or head | length + text | length <= view.width -%}
        {%- do return([head ~ text]) -%}
    {%- endif -%}
    {%- set lines = [] -%}
    {%- set state = namespace(line=head, empty=true) -%}
    {%- for word in text.split(" ") -%}
        {%- if not state.empty and state.line | length + 1 + word | length > view.width -%}
            {%- do lines.append(state.line) -%}
            {%- set state.line = "            " -%}
            {%- set state.empty = true -%}
        {%- endif -%}
        {%- set state.line = state.line ~ ("" if state.empty else " ") ~ word -%}
        {%- set state.empty = false -%}
    {%- endfor -%}
    {%- do lines.append(state.line) -%}
    {%- set fitting = [] -%}
    {%- for line in lines[:3] -%}
        {%- do fitting.append(dbt_breaking_changes._fitting("", line, view)) -%}
    {%- endfor -%}
    {%- if lines | length > 3 -%}
        {%- set last = lines[3] ~ (" …" if lines | length > 4 else "") -%}
        {%- do fitting.append(dbt_breaking_changes._fitting("", last, view)) -%}
    {%- endif -%}
    {%- do return(fitting) -%}
{%- endmacro -%}
