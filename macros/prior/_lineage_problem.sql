{#- The first value of a column lineage that the helper never writes, in words; none when there is
    none. Another tool, or a merge, may have written the file. -#}
{%- macro _lineage_problem(lineage) -%}
    {%- set shape = dbt_breaking_changes._lineage_shape() -%}
    {%- for unique_id, facts in lineage.nodes.items() if (
        facts is not mapping or not dbt_breaking_changes._well_shaped(facts, shape)
    ) -%}
        {%- if facts is not mapping -%}
            {%- do return("nodes." ~ unique_id ~ " is not an object") -%}
        {%- endif -%}
        {%- for key, kind in shape.items() if key in facts -%}
            {%- set wrong = dbt_breaking_changes._misshapen(facts[key], kind) -%}
            {%- if wrong is not none -%}
                {%- do return("nodes." ~ unique_id ~ "." ~ key ~ wrong) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- Whether nothing is wrong with the facts of a node. A project has hundreds of thousands of columns
    and reads: what a loop asks of an item costs a tenth of what a filter does. -#}
{%- macro _well_shaped(facts, shape) -%}
    {%- for key in [
        "columns", "reads", "stars", "asks", "calls", "unbound", "untyped", "reads_beyond", "unread"
    ] if (
        facts[key] is defined
        and (facts[key] is string or facts[key] is mapping or facts[key] is not iterable)
    ) -%}
        {%- do return(false) -%}
    {%- endfor -%}
    {%- for column in facts["columns"] or [] if (
        column["name"] is not string
        or (column["type"] is not string and column["type"] is not none)
        or (column["identity"] is not string and column["identity"] is not none)
        or column["from"] is string
        or column["from"] is mapping
        or column["from"] is not iterable
    ) -%}
        {%- do return(false) -%}
    {%- endfor -%}
    {%- for read in facts["reads"] or [] if (
        read["parent"] is not string
        or read["column"] is not string
        or read["clause"] is not string
        or (read["line"] is not number and read["line"] is not none)
        or read["sql"] is not string
    ) -%}
        {%- do return(false) -%}
    {%- endfor -%}
    {%- for key, kind in shape.items() if kind == "text or null" and (
        facts[key] is defined and facts[key] is not string and facts[key] is not none
    ) -%}
        {%- do return(false) -%}
    {%- endfor -%}
    {%- for key in ["complete", "needs_compile"] if (
        facts[key] is defined and facts[key] is not boolean
    ) -%}
        {%- do return(false) -%}
    {%- endfor -%}
    {%- for key in ["stars", "asks", "calls", "unbound", "untyped", "reads_beyond", "unread"] if facts[key] -%}
        {%- if dbt_breaking_changes._misshapen(facts[key], shape[key]) is not none -%}
            {%- do return(false) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(true) -%}
{%- endmacro -%}

{#- What is wrong with the value of one key, or none. -#}
{%- macro _misshapen(value, kind) -%}
    {%- if kind is string -%}
        {%- do return(
            " is not " ~ kind
            if dbt_breaking_changes._of_other_kind([value], kind)
            else none
        ) -%}
    {%- endif -%}
    {%- if dbt_breaking_changes._of_other_kind([value], "a list") -%}
        {%- do return(" is not a list") -%}
    {%- endif -%}
    {%- for name, items in kind.items() -%}
        {%- set values = value | map(attribute=name) | list if name else value -%}
        {%- if dbt_breaking_changes._of_other_kind(values, items) -%}
            {%- do return(
                " has an item"
                ~ (" whose " ~ name if name else " that")
                ~ " is not "
                ~ items
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- The values that are not of a kind. Filters look at all at once: a project has hundreds of
    thousands of them. -#}
{%- macro _of_other_kind(values, kind) -%}
    {%- if kind == "text" -%} {%- do return(values | reject("string") | list) -%} {%- endif -%}
    {%- if kind == "text or null" -%}
        {%- do return(values | reject("string") | reject("none") | list) -%}
    {%- endif -%}
    {%- if kind == "a number or null" -%}
        {%- do return(values | reject("number") | reject("none") | list) -%}
    {%- endif -%}
    {%- if kind == "a number" -%} {%- do return(values | reject("number") | list) -%} {%- endif -%}
    {%- if kind == "true or false" -%}
        {%- do return(values | reject("boolean") | list) -%}
    {%- endif -%}
    {%- for value in values if value is string or value is mapping or value is not iterable -%}
        {%- do return([value]) -%}
    {%- endfor -%}
    {%- do return([]) -%}
{%- endmacro -%}

{#- What the facts of a node hold (docs/column_lineage.schema.json); of a list, what the keys of its
    items hold, or with no name the items themselves. -#}
{%- macro _lineage_shape() -%}
    {%- do return(
        {
            "checksum": "text or null",
            "macros": "text or null",
            "reason": "text or null",
            "evidence": "text or null",
            "rows": "text or null",
            "blind": "text or null",
            "introspection": "text or null",
            "complete": "true or false",
            "needs_compile": "true or false",
            "columns": {
                "name": "text",
                "type": "text or null",
                "identity": "text or null",
                "from": "a list",
            },
            "reads": {
                "parent": "text",
                "column": "text",
                "clause": "text",
                "line": "a number or null",
                "sql": "text",
            },
            "stars": {"parent": "text", "positional": "true or false"},
            "asks": {"": "text"},
            "calls": {"parent": "text", "arguments": "a number", "line": "a number"},
            "unbound": {
                "kind": "text",
                "parent": "text or null",
                "column": "text or null",
                "clause": "text",
                "path": "text",
                "line": "a number or null",
                "column_number": "a number",
                "sql": "text",
                "detail": "text or null",
            },
            "untyped": {
                "parent": "text",
                "column": "text",
                "clause": "text",
                "path": "text",
                "line": "a number or null",
                "sql": "text",
                "accepts": "a list",
            },
            "reads_beyond": {"": "text"},
            "unread": {"sql": "text", "parents": "a list", "rendered": "true or false"},
        }
    ) -%}
{%- endmacro -%}
