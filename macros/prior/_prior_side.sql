{#- The prior side and where it came from: the argument, --state, the var, or else the newest baseline;
    none if there is nothing. -#}
{%- macro _prior_side(argument) -%}
    {%- set state = invocation_args_dict.get("state") -%}
    {%- set given = argument or state or var("breaking_changes_prior", none) -%}
    {%- if not given or given is string and given.startswith("baseline:") -%}
        {%- do return(
            dbt_breaking_changes._prior_from_baseline(
                given.removeprefix("baseline:") if given else "latest"
            )
        ) -%}
    {%- endif -%}
    {%- if given is mapping -%}
        {%- do dbt_breaking_changes._validate_manifest(
            given, "the prior argument", project_name
        ) -%}
        {%- do return({"side": given, "name": "the prior argument", "folder": none}) -%}
    {%- endif -%}
    {%- set path = given | string -%}
    {%- set folder = path.rpartition("/")[0] or "." if path.endswith(".json") else path -%}
    {%- do return(
        {
            "side": dbt_breaking_changes._load_manifest(path),
            "name": path,
            "folder": folder,
        }
    ) -%}
{%- endmacro -%}
