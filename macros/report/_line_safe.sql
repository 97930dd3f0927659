{#- A text as a part of one line of a log: names come from whoever wrote the project, and the log of a
    CI service obeys lines. Line breaks become blanks, other characters that are not seen or that turn
    the line around become replacement characters, and no mark begins a command. -#}
{%- macro _line_safe(text) -%}
    {#- What is left, so that half of a surrogate pair, which no pattern may name, is not. -#}
    {%- set unseen = (
        "[^\\x20-\\x7e\\xa0-\\u061b\\u061d-\\u180d\\u180f-\\u200a\\u200c\\u200d\\u2010-\\u2027"
        ~ "\\u202f-\\u205f\\u2070-\\ud7ff\\ue000-\\ufefe\\uff00-\\uffef\\ufffc-\\ufffd"
        ~ "\\U00010000-\\U0001bc9f\\U0001bca4-\\U0001d172\\U0001d17b-\\U000dffff\\U000e0080-\\U0010ffff]"
    ) -%}
    {%- set safe = modules.re.sub("[\\t\\n\\x0b\\x0c\\r\\x85\\u2028\\u2029]", " ", text) -%}
    {%- set line = namespace(text=modules.re.sub(unseen, "\ufffd", safe)) -%}
    {%- for mark in modules.re.findall("##\\w*\\[", line.text) -%}
        {%- set line.text = line.text.replace(mark, mark[:-1] ~ "\\[") -%}
    {%- endfor -%}
    {%- do return(line.text) -%}
{%- endmacro -%}

{#- The same of every text in a document, its keys included. -#}
{%- macro _lines_safe(document) -%}
    {%- set written = tojson(document) -%}
    {#- JSON escapes all that is not plain text, so that one look tells whether there is any. -#}
    {%- if not modules.re.search("[^\\x20-\\x7e]|\\\\[a-z]|##\\w*\\[", written) -%}
        {%- do return(document) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._each_line_safe(document)) -%}
{%- endmacro -%}

{%- macro _each_line_safe(value) -%}
    {%- if value is string -%}
        {%- do return(dbt_breaking_changes._line_safe(value)) -%}
    {%- endif -%}
    {%- if value is mapping -%}
        {%- set safe = {} -%}
        {%- for key, item in value.items() -%}
            {%- do safe.update(
                {
                    dbt_breaking_changes._each_line_safe(
                        key
                    ): dbt_breaking_changes._each_line_safe(item)
                }
            ) -%}
        {%- endfor -%}
        {%- do return(safe) -%}
    {%- endif -%}
    {%- if value is sequence -%}
        {%- set safe = [] -%}
        {%- for item in value -%}
            {%- do safe.append(dbt_breaking_changes._each_line_safe(item)) -%}
        {%- endfor -%}
        {%- do return(safe) -%}
    {%- endif -%}
    {%- do return(value) -%}
{%- endmacro -%}

{#- JSON is one line of escapes; only a mark that a log obeys anywhere needs another one. -#}
{%- macro _json_safe(json) -%}
    {%- set line = namespace(text=json) -%}
    {%- for mark in modules.re.findall("##\\w*\\[", json) -%}
        {%- set line.text = line.text.replace(mark, "#\\u0023" ~ mark[2:]) -%}
    {%- endfor -%}
    {%- do return(line.text) -%}
{%- endmacro -%}
