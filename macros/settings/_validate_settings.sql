{#- A mistyped setting must not quietly mean the default: each is refused with the nearest match. -#}
{%- macro _validate_settings(settings) -%}
    {%- set rules = dbt_breaking_changes._catalogue().keys() | list -%}
    {%- set severities = ["error", "warn", "info", "off"] -%}
    {%- do dbt_breaking_changes._require_one_of(
        "format", settings.format, ["text", "json", "github"]
    ) -%}
    {%- do dbt_breaking_changes._require_one_of(
        "level", settings.level, dbt_breaking_changes._levels()
    ) -%}
    {%- do dbt_breaking_changes._require_one_of(
        "fail_on", settings.fail_on, ["error", "warn", "never"]
    ) -%}
    {%- do dbt_breaking_changes._require_one_of(
        "on_unknown", settings.on_unknown, ["fail", "warn", "pass"]
    ) -%}
    {%- do dbt_breaking_changes._require_one_of(
        "promise", settings.promise, ["declared", "all"]
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
    {%- do dbt_breaking_changes._validate_entries(
        "ignore", settings.ignore, ["rule", "node", "path", "tag", "package"], [], rules
    ) -%}
    {%- do dbt_breaking_changes._validate_entries(
        "removed",
        settings.removed,
        ["node", "rule", "reason", "expires"],
        ["node"],
        rules,
    ) -%}
{%- endmacro -%}
