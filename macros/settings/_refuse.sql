{#- Refuses a value that is none of the options, with the nearest of them. -#}
{%- macro _require_one_of(name, value, options, what="value") -%}
    {%- if value not in options -%}
        {%- do dbt_breaking_changes._refuse(
            "unknown "
            ~ what
            ~ " '"
            ~ value
            ~ "' in "
            ~ name
            ~ "; did you mean '"
            ~ dbt_breaking_changes._nearest(value, options)
            ~ "'? "
            ~ (
                "One of: " ~ options | join(", ")
                if options | length < 12
                else "The rules are listed in docs/rules"
            )
        ) -%}
    {%- endif -%}
{%- endmacro -%}

{#- The one way in which bad input ends a run. -#}
{%- macro _refuse(message) -%}
    {%- do exceptions.raise_compiler_error(
        "dbt_breaking_changes: " ~ dbt_breaking_changes._line_safe(message)
    ) -%}
{%- endmacro -%}

{#- What the user should know while the run goes on. -#}
{%- macro _warn(message) -%}
    {%- do exceptions.warn("dbt_breaking_changes: " ~ dbt_breaking_changes._line_safe(message)) -%}
{%- endmacro -%}
