{#- The option that shares most neighbouring letter pairs with what was typed (Dice coefficient). -#}
{%- macro _nearest(word, options) -%}
    {%- set best = namespace(option=options[0], score=-1) -%}
    {%- set typed = dbt_breaking_changes._letter_pairs(word) -%}
    {%- for option in options -%}
        {%- set pairs = dbt_breaking_changes._letter_pairs(option) -%}
        {%- set shared = typed | select("in", pairs) | list | length -%}
        {%- set score = 2 * shared / ([typed | length + pairs | length, 1] | max) -%}
        {%- if score > best.score -%}
            {%- set best.option = option -%} {%- set best.score = score -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(best.option) -%}
{%- endmacro -%}

{%- macro _letter_pairs(word) -%}
    {%- set text = " " ~ word | string | lower ~ " " -%}
    {%- set pairs = [] -%}
    {%- for index in range(text | length - 1) -%}
        {%- do pairs.append(text[index : index + 2]) -%}
    {%- endfor -%}
    {%- do return(pairs) -%}
{%- endmacro -%}
