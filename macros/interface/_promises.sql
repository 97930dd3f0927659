{#- Every key that a node promises by, apart from its columns: where dbt keeps it (of several places
    the first that is set), how it is read (text unless as says otherwise), how its older spellings are
    written now, what it is when nobody set it, whether it stands beside the columns, which it cannot
    change, and the rule that a difference of this key alone fires. Interfaces, what is skipped as unchanged, what a baseline keeps and what the
    helper takes for a change all follow from this list. -#}
{%- macro _promises() -%}
    {%- do return(
        {
            "materialized": {"from": ["config.materialized"]},
            "on_schema_change": {"from": ["config.on_schema_change"]},
            "access": {"from": ["access", "config.access"], "else": "protected"},
            "group": {
                "beside": true,
                "from": ["config.group", "group"],
                "rule": "group_changed",
                "if": ["access", "private"],
            },
            "version": {"from": ["version"]},
            "latest_version": {"from": ["latest_version"]},
            "latest_version_pointer": {
                "beside": true,
                "from": ["config.latest_version_pointer"],
                "as": "value",
            },
            "deprecation_date": {"from": ["deprecation_date"], "as": "date"},
            "unique_key": {"from": ["config.unique_key"], "as": "list"},
            "contract": {
                "from": ["config.contract.enforced", "contract.enforced"],
                "else": false,
            },
            "grants": {"beside": true, "from": ["config.grants"], "as": "value"},
            "strategy": {
                "from": ["config.strategy"],
                "rule": "snapshot_strategy_changed",
            },
            "check_cols": {
                "from": ["config.check_cols"],
                "as": "list",
                "rule": "snapshot_strategy_changed",
            },
            "updated_at": {
                "from": ["config.updated_at"],
                "rule": "snapshot_strategy_changed",
            },
            "hard_deletes": {
                "from": ["config.hard_deletes", "config.invalidate_hard_deletes"],
                "spelled": {"true": "invalidate", "false": "ignore"},
                "else": "ignore",
                "rule": "snapshot_strategy_changed",
            },
            "valid_to_current": {
                "from": ["config.dbt_valid_to_current"],
                "else": "null",
                "rule": "snapshot_strategy_changed",
            },
            "snapshot_columns": {
                "from": ["config.snapshot_meta_column_names"],
                "as": "value",
            },
            "quote_columns": {"from": ["config.quote_columns"]},
            "column_types": {"from": ["config.column_types"], "as": "value"},
            "incremental_strategy": {
                "beside": true,
                "from": ["config.incremental_strategy"],
                "rule": "incremental_strategy_changed",
                "if": ["materialized", "incremental"],
            },
            "partition_by": {
                "beside": true,
                "from": ["config.partition_by"],
                "as": "value",
                "rule": "physical_layout_changed",
            },
            "cluster_by": {
                "beside": true,
                "from": ["config.cluster_by"],
                "as": "list",
                "rule": "physical_layout_changed",
            },
            "event_time": {
                "beside": true,
                "from": ["config.event_time"],
                "rule": "event_time_changed",
            },
            "time_spine": {"beside": true, "from": ["time_spine"], "as": "value"},
            "arguments": {"from": ["arguments"], "as": "value"},
            "overloads": {"from": ["overloads"], "as": "value"},
            "returns": {"from": ["returns.data_type"]},
            "function_type": {"from": ["config.type"], "else": "scalar"},
            "volatility": {
                "from": ["config.volatility"],
                "rule": "function_volatility_changed",
            },
            "freshness": {
                "beside": true,
                "from": ["freshness", "config.freshness"],
                "as": "value",
            },
            "renamed_from": {"from": ["config.meta.renamed_from", "meta.renamed_from"]},
        }
    ) -%}
{%- endmacro -%}

{#- The keys of a node, of its config and of a column in which a promise of any kind may differ. What is
    computed from several of them, as an address, is listed here alone. -#}
{%- macro _promised_keys() -%}
    {%- set node = [
        "checksum",
        "columns",
        "config",
        "constraints",
        "meta",
        "identifier",
        "unrendered_database",
        "unrendered_schema",
    ] -%}
    {%- set config = [
        "contract",
        "meta",
        "database",
        "schema",
        "alias",
        "target_database",
        "target_schema",
    ] -%}
    {%- for promise in dbt_breaking_changes._promises().values() -%}
        {%- for path in promise["from"] -%}
            {%- set keys = path.split(".") -%}
            {%- if keys[0] == "config" and keys[1] not in config -%}
                {%- do config.append(keys[1]) -%}
            {%- elif keys[0] not in node -%} {%- do node.append(keys[0]) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(
        {
            "node": node,
            "config": config,
            "column": ["name", "data_type", "quote", "constraints", "meta"],
        }
    ) -%}
{%- endmacro -%}

{#- What one node promises beside its columns, key by key; who asks for many hands the list in. -#}
{%- macro _promised_values(node, promises=none) -%}
    {%- set values = {} -%}
    {%- for key, promise in (promises or dbt_breaking_changes._promises()).items() -%}
        {%- set found = namespace(value=none) -%}
        {%- for path in promise["from"] if found.value is none -%}
            {%- set steps = path.split(".") -%}
            {%- set found.value = node.get(steps[0]) -%}
            {%- for step in steps[1:] -%}
                {%- set inner = found.value -%}
                {%- set found.value = inner.get(step) if inner is mapping else none -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- set value = found.value -%}
        {%- set kind = promise.get("as", "text") -%}
        {%- if kind == "list" -%} {%- set value = dbt_breaking_changes._as_list(value) -%}
        {%- elif value is none or value == "" or value == {} -%}
            {%- set value = promise.get("else") -%}
        {%- elif kind == "date" -%} {%- set value = dbt_breaking_changes._date(value) -%}
        {%- elif kind == "value" -%} {%- set value = dbt_breaking_changes._stripped(value) -%}
        {%- elif promise.spelled -%}
            {%- set value = promise.spelled.get(value | string | lower, value) -%}
        {%- endif -%}
        {%- do values.update({key: value}) -%}
    {%- endfor -%}
    {%- do return(values) -%}
{%- endmacro -%}
