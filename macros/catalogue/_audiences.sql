{#- What decides a severity; the first row that holds counts. Scale says what becomes of the rule's own
    severity: full keeps it, warn and info are the most it can be, step takes one step down, error makes
    it an error. Reason is what the report says; rows without one name the consumers. -#}
{%- macro _audiences() -%}
    {%- do return(
        {
            "breaks": {"scale": "error", "who": "a consumer breaks", "reason": none},
            "exposed": {
                "scale": "full",
                "who": "an exposure depends on it",
                "reason": "an exposure depends on it",
            },
            "public": {
                "scale": "full",
                "who": "its access is public",
                "reason": "public model",
            },
            "contracted": {
                "scale": "full",
                "who": "its contract is enforced",
                "reason": "enforced contract",
            },
            "promised": {
                "scale": "full",
                "who": "the var breaking_changes_promise is all, and something in the project reads it",
                "reason": "breaking_changes_promise is all",
            },
            "undecided": {
                "scale": "warn",
                "who": "a consumer could not be checked",
                "reason": none,
            },
            "private": {
                "scale": "info",
                "who": "its access is private",
                "reason": "private",
            },
            "ephemeral": {
                "scale": "info",
                "who": "it is ephemeral: only its consumers count",
                "reason": "ephemeral",
            },
            "unconsumed": {
                "scale": "step",
                "who": "nobody in the project reads it",
                "reason": "nobody in the project reads it",
            },
            "protected": {
                "scale": "info",
                "who": "its consumers are adapted, unaffected, or change without breaking",
                "reason": none,
            },
        }
    ) -%}
{%- endmacro -%}
