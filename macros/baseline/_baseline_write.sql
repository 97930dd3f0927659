{#- Writes one save. The row of section header says how many rows belong to it and comes last, so an
    interrupted save is never taken for a whole one; its id makes a second save at once harmless. -#}
{%- macro _baseline_write(relation, header, documents) -%}
    {%- set limits = dbt_breaking_changes._baseline_limits() -%}
    {%- set marks = dbt_breaking_changes._literal_marks() -%}
    {%- set rows = dbt_breaking_changes._baseline_rows(documents, limits.value) -%}
    {%- for sql in dbt_breaking_changes._baseline_insert_sql(
        relation, header, rows, limits.statement, marks
    ) -%}
        {%- do dbt_breaking_changes._baseline_execute(sql) -%}
    {%- endfor -%}
    {%- do header.update({"rows": rows | length}) -%}
    {%- set last = [
        {
            "section": "header",
            "unique_id": header.baseline_id,
            "part": 0,
            "content": tojson(header),
        }
    ] -%}
    {%- for sql in dbt_breaking_changes._baseline_insert_sql(
        relation, header, last, limits.statement, marks
    ) -%}
        {%- do dbt_breaking_changes._baseline_execute(sql) -%}
    {%- endfor -%}
    {%- do adapter.commit() -%}
{%- endmacro -%}

{#- Documents as rows; one that is longer than a value may be becomes several, in parts. -#}
{%- macro _baseline_rows(documents, size) -%}
    {%- set rows = [] -%}
    {%- for document in documents -%}
        {%- set content = document.content -%}
        {%- for start in range(0, content | length, size) -%}
            {%- do rows.append(
                {
                    "section": document.section,
                    "unique_id": document.unique_id,
                    "part": loop.index0,
                    "content": content[start : start + size],
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(rows) -%}
{%- endmacro -%}

{#- As few statements as the limit allows; it counts what was escaped. -#}
{%- macro _baseline_insert_sql(relation, header, rows, limit, marks) -%}
    {%- set names = dbt_breaking_changes._baseline_columns().keys() | list -%}
    {%- set start = "insert into " ~ relation ~ " (" ~ names | join(", ") ~ ") values\n" -%}
    {%- set same = dbt_breaking_changes._baseline_same_sql(header, marks) -%}
    {%- set statements = [] -%}
    {%- set batch = namespace(rows=[], length=0) -%}
    {%- for row in rows -%}
        {%- set texts = [row["section"], row["unique_id"], row["content"]] -%}
        {%- set literals = dbt_breaking_changes._text_literals(texts, marks) -%}
        {%- set line = "(" ~ same ~ ", " ~ row["part"] ~ ", " ~ literals ~ ")" -%}
        {%- if batch.rows and batch.length + line | length > limit -%}
            {%- do statements.append(start ~ batch.rows | join(",\n")) -%}
            {%- set batch.rows = [] -%}
            {%- set batch.length = 0 -%}
        {%- endif -%}
        {%- do batch.rows.append(line) -%}
        {%- set batch.length = batch.length + line | length -%}
    {%- endfor -%}
    {%- if batch.rows -%}
        {%- do statements.append(start ~ batch.rows | join(",\n")) -%}
    {%- endif -%}
    {%- do return(statements) -%}
{%- endmacro -%}

{#- The values that every row of one save shares. -#}
{%- macro _baseline_same_sql(header, marks) -%}
    {%- set names = dbt_breaking_changes._text_literals(
        [header.baseline_id, header.project, header.target, header.invocation_id], marks
    ) -%}
    {%- set time = dbt_breaking_changes._text_literal(header.saved_at, marks) -%}
    {%- set commit = (
        dbt_breaking_changes._text_literal(header.git_commit, marks)
        if header.git_commit
        else "null"
    ) -%}
    {%- do return(
        [names, "cast(" ~ time ~ " as " ~ dbt.type_timestamp() ~ ")", commit]
        | join(", ")
    ) -%}
{%- endmacro -%}
