{#- Shape of what is saved; a reader refuses a number above its own. -#}
{%- macro _baseline_format_version() -%} {%- do return(1) -%} {%- endmacro -%}

{#- The columns of the table, in order, with the kind of type that each has. -#}
{%- macro _baseline_columns() -%}
    {%- do return(
        {
            "baseline_id": "text",
            "project": "text",
            "target": "text",
            "invocation_id": "text",
            "saved_at": "time",
            "git_commit": "text",
            "part": "number",
            "section": "text",
            "unique_id": "text",
            "content": "text",
        }
    ) -%}
{%- endmacro -%}
