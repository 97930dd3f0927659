{#- The report for people: each cause with whom it breaks, then what was compared and what was not. A
    screen of it, unless all of it is asked for. -#}
{%- macro _render_text(report, prior_name, view) -%}
    {%- set names = dbt_breaking_changes._node_names(report) -%}
    {%- set heading = (
        dbt_breaking_changes._verdict_line(report) ~ ", compared with " ~ prior_name
    ) -%}
    {%- set tail = dbt_breaking_changes._coverage_lines(report.coverage, names, view) -%}
    {%- do tail.append("result: " ~ report.result) -%}
    {%- if view.findings_only -%}
        {%- do return(dbt_breaking_changes._body(report, names, view, view.lines)) -%}
    {%- endif -%}
    {%- set heading = dbt_breaking_changes._wrapped("", heading, view) -%}
    {%- set room = view.lines - 2 - heading | length - tail | length -%}
    {%- set body = dbt_breaking_changes._body(report, names, view, room) -%}
    {%- do return(heading + ([""] if body else []) + body + [""] + tail) -%}
{%- endmacro -%}

{#- The findings in at most so many lines: as long as there is room each with its details, then one a
    line, then only their number and where they are to be seen. -#}
{%- macro _body(report, names, view, room) -%}
    {%- set groups = dbt_breaking_changes._groups(report) -%}
    {%- set left_out = [] -%}
    {%- set fixes = {} -%}
    {%- set blocks = [] -%}
    {%- set size = namespace(all=0, package=none) -%}
    {%- for group in groups -%}
        {#- What nobody will see is not made: a block has at least three lines. -#}
        {%- if view.full or size.all <= room -%}
            {%- set block = dbt_breaking_changes._finding_lines(
                group, names, view, left_out, fixes
            ) -%}
            {%- set package = dbt_breaking_changes._package_of(group.cause) -%}
            {%- if package != size.package -%}
                {%- set title = "package " ~ package if package else "this project" -%}
                {%- set block = [title ~ ":"] + block -%}
            {%- endif -%}
            {%- set size.package = package -%}
            {%- do blocks.append({"lines": block, "left_out": left_out | length}) -%}
            {%- set size.all = size.all + block | length + 1 -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set lines = [] -%}
    {%- if view.full or blocks | length == groups | length and size.all - 1 <= room - 4 -%}
        {%- for block in blocks -%} {%- do lines.extend([""] + block.lines) -%} {%- endfor -%}
        {%- if left_out -%}
            {%- do lines.extend([""] + dbt_breaking_changes._more(0, left_out | length, view)) -%}
        {%- endif -%}
        {%- do return(lines[1:]) -%}
    {%- endif -%}
    {#- Half of the room for the worst ones, at least one of them. -#}
    {%- set detailed = namespace(count=0, left_out=0, open=true) -%}
    {%- for block in blocks if detailed.open -%}
        {%- if loop.first or lines | length + block.lines | length <= room // 2 -%}
            {%- do lines.extend(block.lines + [""]) -%}
            {%- set detailed.count = detailed.count + 1 -%}
            {%- set detailed.left_out = block.left_out -%}
        {%- else -%} {%- set detailed.open = false -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set rest = groups[detailed.count :] -%}
    {%- set space = room - lines | length - 4 -%}
    {%- set listed = rest if rest | length <= space else rest[: [space, 0] | max] -%}
    {%- for group in listed -%}
        {%- do lines.append(dbt_breaking_changes._one_line(group, view)) -%}
    {%- endfor -%}
    {%- set unseen = groups[detailed.count + listed | length :] -%}
    {%- set more = dbt_breaking_changes._more(
        unseen | length, detailed.left_out, view, listed | length
    ) -%}
    {%- do lines.extend(([""] if listed else []) + more) -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{#- How much the lines above leave out, and where it is. -#}
{%- macro _more(findings, consumers, view, in_short=0) -%}
    {%- set parts = [] -%}
    {%- for count, one, many in [
        [findings, "more finding", "more findings"],
        [in_short, "finding in short", "findings in short"],
        [consumers, "consumer not named", "consumers not named"],
    ] if count -%}
        {%- do parts.append(count ~ " " ~ (one if count == 1 else many)) -%}
    {%- endfor -%}
    {%- set text = parts | join(", ") ~ "; all of it: " ~ view.all -%}
    {%- do return(dbt_breaking_changes._wrapped("", text, view)) -%}
{%- endmacro -%}

{#- One cause on one line; its place is never cut. -#}
{%- macro _one_line(group, view) -%}
    {%- set change = group.cause -%}
    {%- set label = "acknowledged" if change.acknowledged else change.severity -%}
    {%- set counts = dbt_breaking_changes._counted(group.counts) -%}
    {%- set place = (
        "  " ~ change.path ~ (":" ~ change.line if change.line else "")
        if change.path
        else ""
    ) -%}
    {%- set head = "%-7s " | format(label) -%}
    {%- set end = place ~ ("  " ~ counts if counts else "") -%}
    {%- set room = [view.width - head | length - end | length, 20] | max -%}
    {%- set message = (
        change.message
        if change.message | length <= room
        else change.message[: room - 1].rstrip() ~ "…"
    ) -%}
    {%- do return(head ~ message ~ end) -%}
{%- endmacro -%}

{#- How many consumers have which verdict: 2 break, 1 unknown, 4 change. -#}
{%- macro _counted(counts) -%}
    {%- set several = {"breaks": "break", "changes": "change"} -%}
    {%- set parts = [] -%}
    {%- for verdict, count in counts.items() -%}
        {%- do parts.append(
            count ~ " " ~ (verdict if count == 1 else several.get(verdict, verdict))
        ) -%}
    {%- endfor -%}
    {%- do return(parts | join(", ")) -%}
{%- endmacro -%}
