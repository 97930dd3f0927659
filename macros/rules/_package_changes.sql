{#- What changed of the packages of the project and of itself: versions, and which dbt they ask for. Only
    the helper reads the files that say so; none where a side says nothing. -#}
{%- macro _package_changes(prior, current) -%}
    {%- set before, after = prior.get("packages") or {}, current.get("packages") or {} -%}
    {%- set found = [] -%}
    {%- for name in (before | list + after | list) | unique | sort if before and after -%}
        {%- set was, now = before.get(name) or {}, after.get(name) or {} -%}
        {%- if was != now -%}
            {%- do found.append(
                {
                    "name": name,
                    "before": was.get("version"),
                    "after": now.get("version"),
                    "required_dbt_before": was.get("requires_dbt"),
                    "required_dbt": now.get("requires_dbt"),
                    "narrowed": name in before
                    and name in after
                    and (
                        dbt_breaking_changes._narrowed(
                            was.get("requires_dbt"), now.get("requires_dbt")
                        )
                    ),
                    "findings": 0,
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- Whether a range of versions leaves out some that the former one took. -#}
{%- macro _narrowed(before, after) -%}
    {%- set was = dbt_breaking_changes._version_range(before or "") -%}
    {%- set now = dbt_breaking_changes._version_range(after or "") -%}
    {%- do return(now.low > was.low or now.high < was.high) -%}
{%- endmacro -%}

{#- The bounds of a range such as ">=1.8.0,<2.0.0", each as one number. -#}
{%- macro _version_range(text) -%}
    {%- set range = {"low": 0, "high": 1000000000000} -%}
    {%- for sign, major, minor, patch in modules.re.findall(
        "(>=|<=|>|<|==|=)?\\s*(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?", text
    ) -%}
        {%- set number = (
            (major | int) * 1000000 + (minor or 0) | int * 1000 + (patch or 0) | int
        ) -%}
        {%- set number = number * 2 -%}
        {%- if not sign.startswith("<") -%}
            {%- do range.update({"low": [range.low, number + (sign == ">") | int] | max}) -%}
        {%- endif -%}
        {%- if not sign.startswith(">") -%}
            {%- do range.update({"high": [range.high, number - (sign == "<") | int] | min}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(range) -%}
{%- endmacro -%}
