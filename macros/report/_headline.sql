{#- The report in one line, the same in every format: how many findings, who breaks, and what could not be
    checked. -#}
{%- macro _headline(summary, changes, coverage) -%}
    {%- set counts = [] -%}
    {%- for key, one, many in [
        ["errors", "error", "errors"],
        ["warnings", "warning", "warnings"],
        ["infos", "info", "infos"],
        ["acknowledged", "acknowledged", "acknowledged"],
    ] -%}
        {%- if summary[key] -%}
            {%- do counts.append(dbt_breaking_changes._number_of(summary[key], one, many)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set harm = dbt_breaking_changes._who_breaks(changes) or (
        "no consumer breaks" if summary.errors else "nothing breaks"
    ) -%}
    {%- set parts = [counts | join(", ") ~ ": " ~ harm if counts else harm] -%}
    {%- do parts.extend(dbt_breaking_changes._what_is_undecided(summary.undecided, coverage)) -%}
    {%- do return(parts | join("; ")) -%}
{%- endmacro -%}

{#- "3 models and 1 test break", without what breaks by agreement; empty where nothing does. -#}
{%- macro _who_breaks(changes) -%}
    {%- set broken = {} -%}
    {%- set total = namespace(it=0) -%}
    {%- for change in changes if not change.acknowledged -%}
        {%- for entry in change.impact if entry.verdict == "breaks" -%}
            {%- set type = entry.node.split(".")[0].replace("_", " ") -%}
            {%- do broken.update({type: broken.get(type, 0) + 1}) -%}
            {%- set total.it = total.it + 1 -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set names = [] -%}
    {%- for type in broken | sort -%}
        {%- do names.append(dbt_breaking_changes._number_of(broken[type], type, type ~ "s")) -%}
    {%- endfor -%}
    {%- if not names -%} {%- do return("") -%} {%- endif -%}
    {%- set listed = (names[:-1] | join(", ") ~ " and " if names | length > 1 else "") ~ names[
        -1
    ] -%}
    {%- do return(listed ~ (" breaks" if total.it == 1 else " break")) -%}
{%- endmacro -%}

{%- macro _what_is_undecided(undecided, coverage) -%}
    {%- set parts = [] -%}
    {%- if undecided.changed -%}
        {%- set all = [coverage.changed, undecided.changed] | max -%}
        {%- do parts.append(
            undecided.changed
            ~ " of "
            ~ dbt_breaking_changes._number_of(all, "changed node", "changed nodes")
            ~ " could not be compared"
        ) -%}
    {%- endif -%}
    {%- if undecided.consumers -%}
        {%- do parts.append(
            dbt_breaking_changes._number_of(undecided.consumers, "consumer", "consumers")
            ~ " could not be checked"
        ) -%}
    {%- endif -%}
    {%- do return(parts) -%}
{%- endmacro -%}

{%- macro _number_of(number, one, many) -%}
    {%- do return(number ~ " " ~ (one if number == 1 else many)) -%}
{%- endmacro -%}
