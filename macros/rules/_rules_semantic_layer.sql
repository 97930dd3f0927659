{#- What queries of the semantic layer can rely on: the elements of semantic models, metrics and saved
    queries, each by its definition; a label or a description promises nothing. -#}
{%- macro _rules_semantic_layer(prior, current) -%}
    {%- set changes = [] -%}
    {%- set models = current.get("semantic_models") or {} -%}
    {%- for unique_id, before in (prior.get("semantic_models") or {}).items() -%}
        {%- set after = models.get(unique_id) -%}
        {%- if not after -%}
            {%- do changes.append({"rule": "semantic_model_removed", "node": unique_id}) -%}
        {%- elif after != before -%}
            {%- for section, kind in dbt_breaking_changes._element_kinds() -%}
                {%- do changes.extend(
                    dbt_breaking_changes._rules_elements(
                        unique_id,
                        kind,
                        dbt_breaking_changes._elements(before, section),
                        dbt_breaking_changes._elements(after, section),
                    )
                ) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for section, rule in [
        ["metrics", "metric_changed"],
        ["saved_queries", "saved_query_changed"],
    ] -%}
        {%- set kept = current.get(section) or {} -%}
        {%- for unique_id, before in (prior.get(section) or {}).items() if unique_id in kept -%}
            {%- set change = dbt_breaking_changes._redefined(
                dbt_breaking_changes._definition(before),
                dbt_breaking_changes._definition(kept[unique_id]),
            ) -%}
            {%- if change -%}
                {%- do change.update({"rule": rule, "node": unique_id}) -%}
                {%- do changes.append(change) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{#- Elements of one kind that went or are defined otherwise; same definition under a new name is a hint. -#}
{%- macro _rules_elements(unique_id, kind, before, after) -%}
    {%- set changes = [] -%}
    {%- for name, was in before.items() -%}
        {%- set change = {} -%}
        {%- if name in after -%}
            {%- set change = dbt_breaking_changes._redefined(was, after[name]) -%}
            {%- do change.update({"rule": kind ~ "_changed"} if change else {}) -%}
        {%- else -%}
            {%- do change.update({"rule": kind ~ "_removed", "before": none, "after": none}) -%}
            {%- for other, now in after.items() if other not in before and now == was -%}
                {%- do change.update(
                    {
                        "after": other,
                        "hint": "the same definition is called " ~ other ~ " now",
                    }
                ) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- if change -%}
            {%- do change.update({"node": unique_id, "column": name}) -%}
            {%- do changes.append(change) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{#- The keys in which two definitions differ, as before and after; empty where they agree. -#}
{%- macro _redefined(before, after) -%}
    {%- set was, now = [], [] -%}
    {%- for key in before if before[key] != after[key] -%}
        {%- do was.append(key ~ " " ~ dbt_breaking_changes._value_text(before[key])) -%}
        {%- do now.append(key ~ " " ~ dbt_breaking_changes._value_text(after[key])) -%}
    {%- endfor -%}
    {%- do return({"before": was | join(", "), "after": now | join(", ")} if was else {}) -%}
{%- endmacro -%}
