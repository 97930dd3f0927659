{#- What those who call a function rely on: its arguments by place and type, and what it returns. -#}
{%- macro _rules_function(before, after, same_sql, adapter_type) -%}
    {%- set changes = [] -%}
    {%- if not same_sql -%}
        {%- do changes.append(
            {
                "rule": "column_logic_changed",
                "column": none,
                "before": none,
                "after": none,
                "what": "the body of the function changed",
            }
        ) -%}
    {%- endif -%}
    {%- set was = before.arguments or [] -%}
    {%- set now = after.arguments or [] -%}
    {%- set differs = namespace(it=was | length > now | length) -%}
    {%- for argument in now -%}
        {%- set former = was[loop.index0] if loop.index0 < was | length else none -%}
        {%- if not former -%}
            {%- if "default_value" not in argument -%} {%- set differs.it = true -%} {%- endif -%}
        {%- elif former.name != argument.name or not dbt_breaking_changes._same_type(
            former.data_type, argument.data_type, adapter_type
        ) or ("default_value" in former and "default_value" not in argument) -%}
            {%- set differs.it = true -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if differs.it or (before.overloads and before.overloads != after.overloads) -%}
        {%- do changes.append(
            {
                "rule": "function_arguments_changed",
                "column": none,
                "before": dbt_breaking_changes._signature(was),
                "after": dbt_breaking_changes._signature(now),
                "evidence": "declared",
            }
        ) -%}
    {%- endif -%}
    {%- set other = before.function_type != after.function_type -%}
    {%- if other or not dbt_breaking_changes._same_type(
        before.returns, after.returns, adapter_type
    ) -%}
        {%- do changes.append(
            {
                "rule": "function_return_type_changed",
                "column": none,
                "before": dbt_breaking_changes._returned(before, other),
                "after": dbt_breaking_changes._returned(after, other),
                "evidence": "declared",
            }
        ) -%}
    {%- endif -%}
    {%- for rule, was, now in dbt_breaking_changes._rules_promises(before, after) -%}
        {%- do changes.append({"rule": rule, "column": none, "before": was, "after": now}) -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{%- macro _same_type(before, after, adapter_type) -%}
    {%- if before == after -%} {%- do return(true) -%} {%- endif -%}
    {%- if not before or not after -%} {%- do return(false) -%} {%- endif -%}
    {%- set result = dbt_breaking_changes._classify_type_change(before, after, adapter_type) -%}
    {%- do return(result.class == "same") -%}
{%- endmacro -%}

{#- What a function returns, and for how many rows where that is another number now. -#}
{%- macro _returned(function, with_type) -%}
    {%- do return(
        function.function_type ~ " " ~ function.returns
        if with_type
        else function.returns
    ) -%}
{%- endmacro -%}

{%- macro _signature(arguments) -%}
    {%- set parts = [] -%}
    {%- for argument in arguments -%}
        {%- set default = (
            " default " ~ argument.default_value if "default_value" in argument else ""
        ) -%}
        {%- do parts.append(argument.name ~ " " ~ argument.data_type ~ default) -%}
    {%- endfor -%}
    {%- do return(parts | join(", ")) -%}
{%- endmacro -%}
