{#- Vars and arguments as one validated dict; given holds arguments and overrides the vars. -#}
{%- macro _settings(given=none) -%}
    {%- set settings = {} -%}
    {%- for name, default in dbt_breaking_changes._defaults().items() -%}
        {%- set argument = (given or {}).get(name) -%}
        {%- do settings.update(
            {
                name: (
                    argument
                    if argument is not none
                    else var("breaking_changes_" ~ name, default)
                )
            }
        ) -%}
    {%- endfor -%}
    {%- do settings.update({"severity": dbt_breaking_changes._severities(settings.severity)}) -%}
    {%- set as_of = (given or {}).get("as_of") -%}
    {%- do settings.update(
        {"as_of": dbt_breaking_changes._date(as_of or modules.datetime.date.today())}
    ) -%}
    {%- do dbt_breaking_changes._validate_settings(settings) -%}
    {%- do return(settings) -%}
{%- endmacro -%}

{#- YAML reads a bare off as false. -#}
{%- macro _severities(given) -%}
    {%- if given is not mapping -%} {%- do return(given) -%} {%- endif -%}
    {%- set severities = {} -%}
    {%- for rule, severity in given.items() -%}
        {%- do severities.update({rule: "off" if severity is sameas false else severity}) -%}
    {%- endfor -%}
    {%- do return(severities) -%}
{%- endmacro -%}
