{#- What this run did, in on-run-end; none in a run-operation. Before anything is built there is
    nothing true to say. -#}
{%- macro _run_results() -%}
    {%- if results is defined -%} {%- do return(results) -%} {%- endif -%}
    {%- if flags.WHICH != "run-operation" -%}
        {%- do dbt_breaking_changes._refuse(
            "what a run built is only known in on-run-end; call this macro there, or with"
            ~ " dbt run-operation"
        ) -%}
    {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}
