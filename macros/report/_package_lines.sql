{#- Of each package its versions before and now, and who can no longer install it. -#}
{%- macro _package_lines(packages, view) -%}
    {%- set lines = [] -%}
    {%- for package in packages -%}
        {%- set parts = [] -%}
        {%- if package.before != package.after -%}
            {%- do parts.append(
                (package.before or "not installed")
                ~ " to "
                ~ (package.after or "not installed")
            ) -%}
        {%- endif -%}
        {%- if package.narrowed -%}
            {%- do parts.append(
                "requires dbt "
                ~ package.required_dbt
                ~ " now, before "
                ~ (package.required_dbt_before or "any")
                ~ ": not every project that has it can install it"
            ) -%}
        {%- endif -%}
        {%- if package.findings -%}
            {%- do parts.append(
                package.findings ~ (" finding" if package.findings == 1 else " findings")
            ) -%}
        {%- endif -%}
        {%- if parts -%}
            {%- set text = parts | join(", ") -%}
            {%- do lines.extend(
                dbt_breaking_changes._wrapped(
                    "", "package " ~ package.name ~ ": " ~ text, view
                )
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{#- The package that a finding is in; none for the project's own. -#}
{%- macro _package_of(change) -%}
    {%- set path = change.path or "" -%}
    {%- do return(path.split("/")[1] if path.startswith("dbt_packages/") else none) -%}
{%- endmacro -%}
