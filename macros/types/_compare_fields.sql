{%- macro _compare_fields(before, after, path, fields) -%}
    {#- Compares structs by field name; every field that differs is added to fields. -#}
    {%- set changes = [] -%}
    {%- set prefix = path ~ "." if path else "" -%}
    {%- set current = {} -%}
    {%- set known = {} -%}
    {%- for field in after.fields -%} {%- do current.update({field.key: field}) -%} {%- endfor -%}
    {%- for field in before.fields -%}
        {%- do known.update({field.key: loop.index}) -%}
        {%- set field_path = prefix ~ field.name -%}
        {%- set counterpart = current.get(field.key) -%}
        {%- if counterpart is none -%}
            {%- do fields.append(
                dbt_breaking_changes._field_change(
                    field_path, "removed", field.text, none
                )
            ) -%}
            {%- do changes.append(dbt_breaking_changes._type_change("changed")) -%}
            {%- continue -%}
        {%- endif -%}
        {%- set listed = fields | length -%}
        {%- set change = dbt_breaking_changes._compare_types(
            field.type, counterpart.type, field_path, fields
        ) -%}
        {%- do changes.append(change) -%}
        {%- if change["class"] != "same" and fields | length == listed -%}
            {%- do fields.append(
                dbt_breaking_changes._field_change(
                    field_path, change["class"], field.text, counterpart.text
                )
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for field in after.fields if field.key not in known -%}
        {%- do fields.append(
            dbt_breaking_changes._field_change(
                prefix ~ field.name, "added", none, field.text
            )
        ) -%}
        {%- do changes.append(dbt_breaking_changes._type_change("widened")) -%}
    {%- endfor -%}
    {#- Engines that match struct fields by position swap the values of reordered ones. -#}
    {%- set kept = before.fields | map(attribute="key") | select("in", current) | list -%}
    {%- set order = after.fields | map(attribute="key") | select("in", known) | list -%}
    {%- if kept != order -%}
        {%- do changes.append(dbt_breaking_changes._type_change("changed", "order")) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._combine_type_changes(changes)) -%}
{%- endmacro -%}


{%- macro _field_change(path, change, before, after) -%}
    {%- do return({"path": path, "change": change, "before": before, "after": after}) -%}
{%- endmacro -%}


{%- macro _combine_type_changes(changes) -%}
    {#- The change of a whole from those of its parts; the kind only when all that differ share it. -#}
    {%- set parts = changes | rejectattr("class", "equalto", "same") | list -%}
    {%- set classes = parts | map(attribute="class") | unique | list -%}
    {%- set reasons = parts | selectattr("reason") | map(attribute="reason") | list -%}
    {%- set kinds = parts | map(attribute="kind") | unique | list -%}
    {%- set kind = kinds[0] if kinds | length == 1 else none -%}
    {%- if not classes -%}
        {%- do return(dbt_breaking_changes._type_change("same")) -%}
        {%- elif "changed" in classes -%}
        {%- do return(dbt_breaking_changes._type_change("changed", kind)) -%}
    {%- elif reasons -%}
        {%- do return({"class": "unknown", "kind": none, "reason": reasons[0]}) -%}
        {%- elif "narrowed" in classes and classes | length > 1 -%}
        {%- do return(dbt_breaking_changes._type_change("changed", kind)) -%}
    {%- endif -%}
    {%- set class = "widened_lossy" if "widened_lossy" in classes else classes[0] -%}
    {%- do return(dbt_breaking_changes._type_change(class, kind)) -%}
{%- endmacro -%}
