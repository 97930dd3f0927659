{#- Saves what the project promises now, for later runs to be compared with. As run-operation it takes
    the whole project; in on-run-end, what the run built. -#}
{%- macro save_baseline(columns=none, git_commit=none) -%}
    {%- if not execute -%} {%- do return("") -%} {%- endif -%}
    {%- set settings = dbt_breaking_changes._baseline_settings(
        {"baseline_columns": columns, "git_commit": git_commit}
    ) -%}
    {%- do settings.update({"target": target.name}) -%}
    {%- set run = dbt_breaking_changes._run_results() -%}
    {%- if run is not none and not dbt_breaking_changes._built_nodes(run) -%}
        {%- do dbt_breaking_changes._say("this run built nothing; the baseline stays as it is") -%}
        {%- do return("") -%}
    {%- endif -%}
    {%- set relation = dbt_breaking_changes._baseline_relation(settings) -%}
    {%- set obstacle = dbt_breaking_changes._baseline_prepare(relation) -%}
    {%- if obstacle -%}
        {%- do dbt_breaking_changes._baseline_not_saved(
            relation, dbt_breaking_changes._obstacle_advice(obstacle)
        ) -%}
        {%- do return("") -%}
    {%- endif -%}
    {%- set saves = dbt_breaking_changes._baseline_list(relation, settings) -%}
    {%- set newest = dbt_breaking_changes._baseline_latest(saves) -%}
    {%- set too_new = dbt_breaking_changes._baseline_too_new(newest) if newest else none -%}
    {%- if too_new -%}
        {%- do dbt_breaking_changes._baseline_not_saved(relation, too_new) -%} {%- do return("") -%}
    {%- endif -%}
    {%- set last = (
        dbt_breaking_changes._baseline_read(relation, newest)
        if newest and run is not none
        else none
    ) -%}
    {%- set project = dbt_breaking_changes._current_side() -%}
    {%- set lineage = dbt_breaking_changes._baseline_lineage(
        settings, dbt_breaking_changes._nodes_by_id(project)
    ) -%}
    {%- set now = dbt_breaking_changes._baseline_now(
        project, run, last, settings.columns, lineage
    ) -%}
    {#- What is neither built nor saved before is not true of any target yet. -#}
    {%- for unique_id in now.missing -%} {%- do now.side.nodes.pop(unique_id) -%} {%- endfor -%}
    {%- set header = dbt_breaking_changes._baseline_header(settings, now.side) -%}
    {%- do dbt_breaking_changes._baseline_write(
        relation,
        header,
        dbt_breaking_changes._baseline_documents(
            now.side, (now.lineage or {}).get("nodes", {})
        ),
    ) -%}
    {%- do dbt_breaking_changes._baseline_prune(
        relation, dbt_breaking_changes._baseline_list(relation, settings), settings.keep
    ) -%}
    {%- do dbt_breaking_changes._say(
        dbt_breaking_changes._saved_message(header, now, run, newest)
    ) -%}
    {%- do return("") -%}
{%- endmacro -%}
