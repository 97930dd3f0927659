{#- A node of the prior side that has no counterpart: removed, disabled, or one version of it. -#}
{%- macro _rules_gone(before, current, added, as_of) -%}
    {%- set type = before.resource_type -%}
    {%- set change = {"rule": type ~ "_removed", "node": before.unique_id, "after": none} -%}
    {%- set deprecation_date = dbt_breaking_changes._date(before.get("deprecation_date")) -%}
    {%- if deprecation_date and deprecation_date > as_of -%}
        {%- do change.update(
            {"rule": "model_removed_before_deprecation_date", "before": deprecation_date}
        ) -%}
    {%- elif type == "model" and before.unique_id in (current.get("disabled") or {}) -%}
        {%- do change.update({"rule": "model_disabled"}) -%}
    {%- elif before.get("version") is not none and before.get("version") is defined -%}
        {%- do change.update(
            {"rule": "model_version_removed", "before": before.version | string}
        ) -%}
    {%- endif -%}
    {%- if deprecation_date and deprecation_date <= as_of -%}
        {%- do change.update({"announced": "deprecated since " ~ deprecation_date}) -%}
    {%- endif -%}
    {%- if before.unique_id not in (current.get("disabled") or {}) -%}
        {%- do change.update({"hint": dbt_breaking_changes._rename_hint(before, added)}) -%}
    {%- elif change.rule != "model_disabled" -%}
        {%- do change.update({"hint": "it is disabled, not deleted"}) -%}
    {%- endif -%}
    {%- do return(change) -%}
{%- endmacro -%}

{#- Same file content under a new name is only a hint: nobody said that it takes the old one's place. -#}
{%- macro _rename_hint(before, added) -%}
    {%- for after in added -%}
        {%- if (
            before.get("checksum")
            and after.name != before.name
            and after.resource_type == before.resource_type
            and after.package_name == before.package_name
            and after.get("checksum") == before.checksum
        ) -%}
            {%- do return(
                "possibly renamed to "
                ~ after.name
                ~ "; if so, declare meta.renamed_from: "
                ~ before.name
                ~ " there"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}
