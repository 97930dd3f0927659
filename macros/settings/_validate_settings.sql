{#- A mistyped setting must not quietly mean the default: each is refused with the nearest match. -#}
{%- macro _validate_settings(settings) -%}
    {%- set rules = dbt_breaking_changes._catalogue().keys() | list -%}
    {%- set severities = ["error", "warn", "info", "off"] -%}
    {%- do dbt_breaking_changes._require_one_of(
        "format", settings.format, ["text", "json", "github"]
    ) -%}
    {%- do dbt_breaking_changes._require_one_of(
        "level", settings.level, ["relation", "query", "typed", "strict"]
    ) -%}
    {%- do dbt_breaking_changes._require_one_of(
        "fail_on", settings.fail_on, ["error", "warn", "never"]
    ) -%}
    {%- if settings.severity is not mapping -%}
        {%- do dbt_breaking_changes._refuse(
            "breaking_changes_severity must map rules to severities, as in {column_removed: warn}"
        ) -%}
    {%- endif -%}
    {%- for rule, severity in settings.severity.items() -%}
        {%- do dbt_breaking_changes._require_one_of(
            "breaking_changes_severity", rule, rules, "rule"
        ) -%}
        {%- do dbt_breaking_changes._require_one_of(
            "breaking_changes_severity." ~ rule, severity, severities
        ) -%}
    {%- endfor -%}
    {%- for name, allowed, needed in [
        ["ignore", ["rule", "node", "path", "tag", "package"], []],
        ["removed", ["node", "rule", "reason", "expires"], ["node"]],
    ] -%}
        {%- if settings[name] is string or settings[name] is mapping or settings[
            name
        ] is not iterable -%}
            {%- do dbt_breaking_changes._refuse(
                "breaking_changes_"
                ~ name
                ~ " must be a list of mappings with keys "
                ~ allowed
                | join(", ")
            ) -%}
        {%- endif -%}
        {%- for entry in settings[name] -%}
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
            {%- if entry.rule is defined -%}
                {%- do dbt_breaking_changes._require_one_of(
                    "breaking_changes_" ~ name, entry.rule, rules, "rule"
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro -%}

{%- macro _require_one_of(name, value, options, what="value") -%}
    {%- if value not in options -%}
        {%- do dbt_breaking_changes._refuse(
            "unknown "
            ~ what
            ~ " '"
            ~ value
            ~ "' in "
            ~ name
            ~ "; did you mean '"
            ~ dbt_breaking_changes._nearest(value, options)
            ~ "'? "
            ~ (
                "One of: " ~ options | join(", ")
                if options | length < 12
                else "The rules are listed in docs/rules"
            )
        ) -%}
    {%- endif -%}
{%- endmacro -%}

{#- The one way in which bad input ends a run. -#}
{%- macro _refuse(message) -%}
    {%- do exceptions.raise_compiler_error("dbt_breaking_changes: " ~ message) -%}
{%- endmacro -%}
