{#- The verdict on a consumer whose SQL still binds, as far as that is known. -#}
{%- macro _judge_bound_consumer(
    node, before, after, index, was, now, column, effect, passed, walk
) -%}
    {%- set unreadable = dbt_breaking_changes._unreadable(node, after) -%}
    {%- set reads = dbt_breaking_changes._reads_of(index.after, now, column) -%}
    {%- set read_before = dbt_breaking_changes._reads_of(index.before, was, column) -%}
    {%- set star = index.after.stars.get(now) -%}
    {#- A star over a parent of known columns passes through what is listed, whatever else is not known. -#}
    {%- set known = (walk.prior_facts.get(was) or {}).get("complete") and (
        walk.current_facts.get(now) or {}
    ).get("complete") -%}
    {%- set partial = star and not after.complete and not known -%}
    {%- set untold = unreadable or dbt_breaking_changes._unread_hook(after, now, column, effect) -%}
    {%- set retyped = effect == "column_type" and (
        node.resource_type not in dbt_breaking_changes._semantic_types()
    ) -%}
    {%- set met = (
        dbt_breaking_changes._untyped_places(before, after, was, now, column)
        if retyped
        else {"places": [], "narrower": none}
    ) -%}
    {%- set untyped = (
        dbt_breaking_changes._untyped_outputs(before, after, was, column, met["places"])
        if retyped
        else []
    ) -%}
    {%- if untold -%} {%- do return({"verdict": "unknown", "detail": untold}) -%}
    {%- elif effect == "position" and star and star.positional -%}
        {%- do return(
            {
                "verdict": "changes",
                "detail": "a set operation takes the columns of "
                ~ walk.nodes[now].name
                ~ " by position",
            }
        ) -%}
    {%- elif met["narrower"] -%}
        {%- do return(
            {
                "verdict": "unknown",
                "detail": "reads "
                ~ dbt_breaking_changes._read_text(met["narrower"], now, walk)
                ~ " beside a value of unknown type",
                "reference": met["narrower"],
            }
        ) -%}
    {%- elif untyped -%}
        {%- do return(
            {
                "verdict": "unknown",
                "detail": "the type of " ~ untyped
                | join(", ") ~ " cannot be determined",
                "reference": reads,
            }
        ) -%}
    {%- elif reads and effect != "column_added" -%}
        {%- do return(
            {
                "verdict": "unknown" if effect == "column_unknown" else "changes",
                "detail": "reads " ~ dbt_breaking_changes._read_text(reads, now, walk),
                "reference": reads,
            }
        ) -%}
    {%- elif reads and not read_before and not dbt_breaking_changes._was_edited(node, walk) -%}
        {#- Nobody wrote it to read the new column: the name stood for something else before. -#}
        {%- do return(
            {
                "verdict": "changes",
                "detail": "a name in it now refers to "
                ~ dbt_breaking_changes._read_text(reads, now, walk),
                "reference": reads,
                "captured": dbt_breaking_changes._captured(
                    node, reads, before, after, was, now, column
                ),
            }
        ) -%}
    {%- elif partial and effect not in ["position", "column_added"] -%}
        {%- do return({"verdict": "unknown", "detail": after.reason}) -%}
    {%- elif read_before and effect != "column_added" -%}
        {%- do return(
            dbt_breaking_changes._judge_former_consumer(
                node, read_before, was, now, column, before, after, passed, walk
            )
        ) -%}
    {%- elif passed -%}
        {%- set detail = "passes " ~ passed | join(", ") ~ " through SELECT *" -%}
        {%- do return({"verdict": "changes", "detail": detail}) -%}
    {%- elif effect == "column_gone" and star -%}
        {%- set rebuilt = dbt_breaking_changes._rebuilt_outputs(
            index.before, index.after, was, column
        ) -%}
        {%- if rebuilt -%}
            {%- set detail = "builds " ~ rebuilt | join(
                ", "
            ) ~ " from every column of " ~ dbt_breaking_changes._name_of(now, walk) -%}
            {%- do return({"verdict": "changes", "detail": detail}) -%}
        {%- endif -%}
    {%- elif effect == "column_unknown" and star -%}
        {%- do return({"verdict": "unknown", "detail": "reads every column"}) -%}
    {%- endif -%}
    {%- do return({}) -%}
{%- endmacro -%}

{#- A consumer that no longer reads the column was adapted only if somebody edited it. Where its SQL is
    as before, the name has found something else to refer to. -#}
{%- macro _judge_former_consumer(
    node, read_before, was, now, column, before, after, passed, walk
) -%}
    {%- set text = dbt_breaking_changes._read_text(read_before, was, walk) -%}
    {%- if dbt_breaking_changes._was_edited(node, walk) -%}
        {%- do return({"verdict": "adapted", "detail": "no longer reads " ~ text}) -%}
    {%- endif -%}
    {#- What it made of the column may be missed under another name. -#}
    {%- for new in dbt_breaking_changes._unbound_since(before, after, walk) if (
        new.get("parent") or now
    ) == now -%}
        {%- do return(
            {
                "verdict": "breaks",
                "detail": dbt_breaking_changes._unbound_text(new, now, walk),
                "reference": new,
                "references": [new],
            }
        ) -%}
    {%- endfor -%}
    {%- if now in (after.get("asks") or []) -%}
        {%- set detail = (
            "read " ~ text ~ ", and asks for the columns that are there when it runs"
        ) -%}
        {%- do return({"verdict": "changes", "detail": detail}) -%}
    {%- endif -%}
    {%- for read in after.get("reads") or [] if read.column | lower == column -%}
        {%- set detail = dbt_breaking_changes._read_text(read, read.parent, walk) -%}
        {%- do return(
            {
                "verdict": "changes",
                "detail": "read " ~ text ~ ", now the same name refers to " ~ detail,
                "reference": read,
            }
        ) -%}
    {%- endfor -%}
    {%- if dbt_breaking_changes._named_relation(was, node.unique_id, walk) == "goes on" -%}
        {%- do return(dbt_breaking_changes._verdict_on_namer("goes on", was, walk)) -%}
    {%- elif passed -%}
        {%- set detail = (
            "read " ~ text ~ ", and without it " ~ passed | join(", ") ~ " goes too"
        ) -%}
        {%- do return({"verdict": "changes", "detail": detail}) -%}
    {%- endif -%}
    {%- do return(
        {
            "verdict": "unknown",
            "detail": "used to read "
            ~ text
            ~ "; cannot determine what the name resolves to now",
        }
    ) -%}
{%- endmacro -%}
