{#- Who a promise was made to, strongest first, and what that does to the severity of a finding: full
    keeps it, step takes one step down, info makes it info. -#}
{%- macro _audiences() -%}
    {%- do return(
        {
            "exposed": {"scale": "full", "who": "an exposure reads it"},
            "public": {"scale": "full", "who": "its access is public"},
            "contracted": {"scale": "full", "who": "its contract is enforced"},
            "private": {"scale": "info", "who": "its access is private"},
            "protected": {"scale": "full", "who": "something in the project reads it"},
            "unconsumed": {"scale": "step", "who": "nothing known reads it"},
        }
    ) -%}
{%- endmacro -%}
