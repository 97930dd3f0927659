{#- A text as a literal of the adapter's SQL, whatever it contains. -#}
{%- macro _text_literal(value, marks=none) -%}
    {%- do return(
        dbt_breaking_changes._text_literals(
            [value], marks or dbt_breaking_changes._literal_marks()
        )
    ) -%}
{%- endmacro -%}

{#- Texts as literals with commas between. Marks are handed in, because asking dbt for them once for
    each of many rows takes longer than all the rest. -#}
{%- macro _text_literals(values, marks) -%}
    {%- do return(
        marks.open
        ~ (
            values
            | map("string")
            | map("replace", "\\", marks.backslash)
            | map("replace", "'", marks.quote)
            | join(marks.close ~ ", " ~ marks.open)
        )
        ~ marks.close
    ) -%}
{%- endmacro -%}

{#- How the adapter writes a literal: what opens and closes it, what stands for a quote and a
    backslash in it. -#}
{%- macro _literal_marks() -%}
    {%- set frame = (dbt.string_literal("x") | trim).split("x") -%}
    {%- do return(
        {
            "open": frame[0],
            "close": frame[1],
            "quote": dbt.escape_single_quotes("'") | trim,
            "backslash": adapter.dispatch("literal_backslash", "dbt_breaking_changes")(),
        }
    ) -%}
{%- endmacro -%}

{#- Standard SQL: a backslash in a literal is itself. -#}
{%- macro default__literal_backslash() -%} {%- do return("\\") -%} {%- endmacro -%}

{%- macro snowflake__literal_backslash() -%} {%- do return("\\\\") -%} {%- endmacro -%}

{%- macro bigquery__literal_backslash() -%} {%- do return("\\\\") -%} {%- endmacro -%}

{%- macro spark__literal_backslash() -%} {%- do return("\\\\") -%} {%- endmacro -%}

{%- macro redshift__literal_backslash() -%} {%- do return("\\\\") -%} {%- endmacro -%}
