{#- A list of mappings with known keys, some of them needed, all of them text but for dates. -#}
{%- macro _validate_entries(name, entries, allowed, needed, rules) -%}
    {%- if entries is string or entries is mapping or entries is not iterable -%}
        {%- do dbt_breaking_changes._refuse(
            "breaking_changes_"
            ~ name
            ~ " must be a list of mappings with keys "
            ~ allowed
            | join(", ")
        ) -%}
    {%- endif -%}
    {%- for entry in entries -%}
        {%- if entry is not mapping or not entry or needed | reject("in", entry) | list -%}
            {%- do dbt_breaking_changes._refuse(
                "an entry of breaking_changes_"
                ~ name
                ~ " must be a mapping with keys of "
                ~ allowed
                | join(", ")
                ~ (" and needs " ~ needed | join(", ") if needed else "")
                ~ ", not "
                ~ entry
            ) -%}
        {%- endif -%}
        {%- for key in entry -%}
            {%- do dbt_breaking_changes._require_one_of(
                "breaking_changes_" ~ name, key, allowed, "key"
            ) -%}
        {%- endfor -%}
        {%- for key in ["node", "path", "tag", "package"] if key in entry -%}
            {%- if entry[key] is not string or not entry[key] -%}
                {%- do dbt_breaking_changes._refuse(
                    key
                    ~ " in breaking_changes_"
                    ~ name
                    ~ " must be text, not "
                    ~ entry[key]
                    ~ ". Several of them are several entries"
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if entry.rule is defined -%}
            {%- do dbt_breaking_changes._require_one_of(
                "breaking_changes_" ~ name, entry.rule, rules, "rule"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro -%}
