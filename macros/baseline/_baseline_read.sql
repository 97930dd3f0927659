{#- One whole save as {header, side, lineage}. -#}
{%- macro _baseline_read(relation, header) -%}
    {%- set sql = dbt_breaking_changes._baseline_read_sql(relation, header.baseline_id) -%}
    {%- set rows = dbt.run_query(sql).rows -%}
    {%- if rows | length != header.rows -%}
        {%- do dbt_breaking_changes._refuse(
            "the baseline "
            ~ header.baseline_id
            ~ " lost rows while it was read ("
            ~ rows
            | length ~ " of " ~ header.rows ~ " are left). Run the command again."
        ) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._baseline_from_rows(rows, header)) -%}
{%- endmacro -%}

{%- macro _baseline_read_sql(relation, baseline_id) -%}
    {%- do return(
        "select section, unique_id, content\nfrom "
        ~ relation
        ~ "\nwhere baseline_id = "
        ~ dbt_breaking_changes._text_literal(baseline_id)
        ~ " and section <> 'header'\norder by section, unique_id, part"
    ) -%}
{%- endmacro -%}

{#- Puts the parts of each document together again. The rows come in the order of their parts; whether
    those of one document are neighbours depends on the collation. -#}
{%- macro _baseline_from_rows(rows, header) -%}
    {%- set texts = {} -%}
    {%- set side = {"metadata": header.metadata} -%}
    {%- for section in dbt_breaking_changes._sections() -%}
        {%- do texts.update({section: {}}) -%} {%- do side.update({section: {}}) -%}
    {%- endfor -%}
    {%- for row in rows -%}
        {%- set begun = texts[row[0]].get(row[1], "") -%}
        {%- do texts[row[0]].update({row[1]: begun ~ row[2]}) -%}
    {%- endfor -%}
    {%- set facts = {} -%}
    {%- for section, documents in texts.items() -%}
        {%- for unique_id, text in documents.items() -%}
            {%- set document = fromjson(text) -%}
            {%- do side[section].update({unique_id: document.node}) -%}
            {%- if document.get("lineage") -%}
                {%- do facts.update({unique_id: document.lineage}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(
        {
            "header": header,
            "side": side,
            "lineage": {"format_version": 1, "project": header.project, "nodes": facts},
        }
    ) -%}
{%- endmacro -%}
